import Messages
import Terminal
import Testing
import bertctl

struct TrainingReportTests {
    private static let survey = Survey(
        sets: [
            DataSurvey(
                set: "train", rows: 9000, duplicates: 12,
                labels: [.init(label: "bad", rows: 4000), .init(label: "good", rows: 5000)],
                lengths: [
                    .init(percent: 50, tokens: 40), .init(percent: 99, tokens: 210), .init(percent: 100, tokens: 512),
                ],
                cutRows: 120),
            DataSurvey(
                set: "dev", rows: 1000, labels: [.init(label: "bad", rows: 440)],
                lengths: [.init(percent: 50, tokens: 41)]),
        ],
        maxTokens: 128, choices: [.init(maxTokens: 256, cutRows: 1, epochTime: .seconds(96))], totalSteps: 846,
        epochTime: .seconds(60), peakBytes: 1_500_000_000, machineBytes: 24_000_000_000)

    @Test func aSurveyIsAPage() {
        #expect(
            SurveyText(Self.survey).lines.joined(separator: "\n") == """
                SET     ROWS  DUPLICATES  TOKENS 50 %  99 %  LONGEST  CUT
                train  9 000          12           40   210      512  120
                dev    1 000           0           41     -        -    0

                LABEL  TRAIN  DEV
                bad    4 000  440
                good   5 000    0

                128 tokens an example: 120 rows are cut
                with --max-length 256: 1 row is cut, 1m 36s an epoch (1.6 times)
                846 steps, 1m 00s an epoch; 1.5 GB of memory at most, of 24.0 GB

                """)
    }

    @Test func manyLabelsAreCounted() {
        let labels = (0..<45).map { DataSurvey.LabelCount(label: "l\($0)", rows: 1) }
        let survey = Survey(
            sets: [DataSurvey(set: "train", rows: 45, labels: labels)], maxTokens: 8, totalSteps: 1, peakBytes: 0,
            machineBytes: 0)
        let lines = SurveyText(survey).lines
        #expect(lines.contains("… and 15 more"))
        #expect(!lines.contains { $0.hasPrefix("l30") })
    }

    @Test func theBlockSaysWhatIsAwaitedAndThenHowFarItIs() throws {
        var report = TrainingReport()
        func block(height: Int = 30) -> [String] { report.block(width: 80, height: height, canvas: .plain) }
        #expect(block() == ["waiting for a training worker"])
        #expect(report.take(.started(workerID: try Identifier("w"))) == [])
        #expect(block() == ["reading and measuring"])
        for step in 1...12 {
            _ = report.take(
                .progress(
                    TrainingProgress(
                        step: step, totalSteps: 48, epoch: Double(step) / 16, loss: 1 / Double(step),
                        learningRate: 3e-5, gradientNorm: 2.5, tokensPerSecond: 5120, timeLeft: .seconds(9))))
        }
        #expect(
            Array(block().prefix(2)) == [
                "training  [======>                  ]  25 %  step 12 of 48  eta 9.0 s",
                "epoch 0.75  loss 0.0833  lr 3.00e-05  gradient 2.50  5 120 tokens/s",
            ])
        #expect(block().count == 8)
        #expect(block(height: 10).count == 2)
        #expect(report.take(.started(workerID: try Identifier("v"))) == ["goes on at v"])
        #expect(report.curve(width: 80, canvas: .plain).first == "loss by step")
    }

    @Test func scoresAreALine() {
        var report = TrainingReport()
        let metrics = Metrics(
            step: 1234, epoch: 2, set: "dev",
            metrics: [.init(name: "macro_f1", value: 0.97145), .init(name: "pearson", value: nil)])
        #expect(report.take(.metrics(metrics)) == ["step 1 234  epoch 2.00  dev  macro_f1 0.9715  pearson -"])
    }

    @Test func aRunThatGoesOnFromACheckpointRepeatsSteps() {
        var losses = LossHistory()
        for step in 1...10 { losses.add(step: step, loss: Double(step)) }
        for step in 6...8 { losses.add(step: step, loss: -1) }
        #expect(losses.points.map(\.x) == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(losses.points.map(\.y) == [1, 2, 3, 4, 5, -1, -1, -1])
    }

    @Test func aLongRunIsRememberedInFewPoints() {
        var losses = LossHistory()
        for step in 1...100_000 { losses.add(step: step, loss: 2) }
        #expect(losses.points.count <= 2048)
        #expect(losses.points.last?.x == 100_000)
        #expect(losses.points.allSatisfy { $0.y == 2 })
        #expect(zip(losses.points, losses.points.dropFirst()).allSatisfy { $0.x < $1.x })
    }
}
