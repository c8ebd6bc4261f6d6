import Foundation
import Messages
import Sweep
import SweepController
import Testing

/// The events of a sweep's jobs as a service would tell them.
private struct Story {
    var log: SweepLog
    private var seq = 0

    init(_ definition: SweepDefinition) { log = SweepLog(definition) }

    mutating func tell(_ job: String, _ body: Event.Body) throws {
        seq += 1
        log.take(
            Event(
                logID: 1, seq: seq, jobSeq: seq, time: UnixTime(microseconds: Int64(seq) * 1_000_000),
                address: JobAddress(
                    clientID: try Identifier("c"), group: try Identifier("s"), jobID: try Identifier(job)),
                body: body))
    }

    mutating func survey(rows: Int) throws {
        try tell(
            "s.survey",
            .survey(
                Survey(
                    sets: [DataSurvey(set: "train", rows: rows)], maxTokens: 32, totalSteps: 9,
                    peakBytes: 0, machineBytes: 0)))
    }

    /// A stretch from its beginning to its end at `step`.
    mutating func run(_ job: String, rate: String, stop: Int, step: Int, score: Double) throws {
        try tell(job, .accepted(Self.accepted(rate, stop: stop)))
        try tell(job, .started(workerID: Identifier("w")))
        try tell(
            job,
            .metrics(
                Metrics(
                    step: step, epoch: Double(step) / 4, set: "dev", metrics: [Metric(name: "accuracy", value: score)]))
        )
        try tell(job, .checkpoint(Checkpoint(digest: Digest(of: Array(job.utf8)), step: step, isBest: true)))
        try tell(job, .succeeded(Succeeded(usage: Usage(), queueTime: .zero, totalTime: .zero)))
    }

    static func accepted(_ rate: String, stop: Int) -> Accepted {
        Accepted(
            rows: 1, settings: [Setting(name: "learning_rate", value: rate), Setting(name: "seed", value: "42")],
            stopAtStep: stop)
    }
}

@Suite struct SweepLogTests {
    private static func definition() -> SweepDefinition {
        let space = SearchSpace([Parameter("learning_rate", .uniform(0...1, step: nil))])
        let study = StudyDefinition(
            space: space, direction: .maximize, pruner: .asha, rungs: [1], epochs: 3, reduction: 2, trials: 2)
        return SweepDefinition(
            name: "s", task: "classification", model: "m@1", files: [.init(role: "train", data: "d@1", path: "d.csv")],
            settings: ["batch_size": "8"], metric: "accuracy", study: study, made: Date(timeIntervalSince1970: 0))
    }

    @Test func aTrialIsReadFromItsJobs() throws {
        var story = Story(Self.definition())
        try story.survey(rows: 30)
        // 30 examples, 8 a step: 4 steps an epoch.
        #expect(story.log.stepsPerEpoch([:]) == 4 && story.log.stepsPerEpoch(["batch_size": "16"]) == 2)
        try story.run("s.0.0", rate: "0.25", stop: 4, step: 4, score: 0.7)
        let trial = try #require(story.log.study.trials[0])
        #expect(trial.point == Point([.number(0.25)]) && trial.scores == [0.7] && trial.state == .waiting)
        #expect(story.log.checkpoints[Stretch(trial: 0, rung: 0)] == Digest(of: Array("s.0.0".utf8)))
        try story.run("s.1.0", rate: "0.5", stop: 4, step: 4, score: 0.8)
        try story.run("s.1.1", rate: "0.5", stop: 12, step: 12, score: 0.9)
        #expect(story.log.study.trials[1]?.state == .finished && story.log.study.best?.number == 1)
        #expect(story.log.study.trials[1]?.replicas[0].curve.map(\.epochs) == [1, 3])
    }

    @Test func aRunThatStopsByItselfHadEnough() throws {
        var story = Story(Self.definition())
        try story.survey(rows: 30)
        try story.run("s.0.0", rate: "0.25", stop: 4, step: 3, score: 0.7)
        #expect(story.log.study.trials[0]?.state == .finished)
    }

    @Test func whatIsNotFiniteIsInfeasibleAndWhatIsWrongIsNotTriedAgain() throws {
        for (code, state, attempts) in [
            (ErrorCode.diverged, Trial.State.infeasible, 0), (.invalid, .cancelled, 0), (.internal, .running, 1),
            (.storageFull, .running, 1),
        ] {
            var story = Story(Self.definition())
            try story.survey(rows: 30)
            try story.tell("s.0.0", .accepted(Story.accepted("0.5", stop: 4)))
            try story.tell("s.0.0", .failed(ServiceError(code, "no")))
            #expect(story.log.study.trials[0]?.state == state, "\(code)")
            #expect(story.log.study.trials[0]?.replicas[0].attempt == attempts, "\(code)")
        }
    }

    @Test func otherJobsOfTheGroupChangeNothing() throws {
        var story = Story(Self.definition())
        try story.survey(rows: 30)
        for job in ["s.0.0.0", "other", "t.0.0", "s.x"] {
            try story.tell(job, .accepted(Story.accepted("0.5", stop: 4)))
        }
        #expect(story.log.study.trials.isEmpty)
        try story.tell(
            "s.promote-1.s",
            .succeeded(
                Succeeded(usage: Usage(), queueTime: .zero, totalTime: .zero, model: ModelReference("s@1"))))
        #expect(story.log.promoted == (try ModelReference("s@1")))
    }

    @Test func definitionsAreReadAsTheyAreWritten() throws {
        var definition = Self.definition()
        definition.deadline = Date(timeIntervalSince1970: 1_000)
        definition.intent = .pause
        #expect(try SweepDefinition(decoding: definition.encoded()) == definition)
        definition.format = 2
        #expect(throws: SweepError.self) { try SweepDefinition(decoding: definition.encoded()) }
        #expect(throws: SweepError.self) { try SweepDefinition(decoding: Data("{}".utf8)) }
    }

    @Test func aReplicaHasASeedOfItsOwn() {
        let definition = Self.definition()
        let seeds = (0..<3).map { replica in
            definition.settings(of: Point([.number(0.5)]), replica: replica).first { $0.name == "seed" }?.value
        }
        #expect(seeds == ["42", "43", "44"])
    }

    @Test func costCountsWhatRungsSave() {
        var study = Self.definition().study
        study.trials = 12
        let survey = Survey(
            sets: [DataSurvey(set: "train", rows: 30)], maxTokens: 32, totalSteps: 9, epochTime: .seconds(10),
            peakBytes: 0, machineBytes: 0)
        let estimate = SweepEstimate(study, survey: survey, modelBytes: 100, workers: 2)
        // Twelve trials of three epochs; or twelve of one, and half of them of two more.
        #expect(abs(estimate.epochs - 36) < 1e-9 && abs(estimate.prunedEpochs - 24) < 1e-9)
        #expect(estimate.time == .seconds(180) && estimate.prunedTime == .seconds(120))
        // Two at work, six that may go on, one that is kept.
        #expect(estimate.checkpoints == 9 && estimate.peakBytes == 2700)
    }
}
