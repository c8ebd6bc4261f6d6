import Glibc
import Sweep
import SweepReport
import TestSupport

/// Studies to draw: seeded, in the shape of real ones, and in every shape that could spoil a page.
enum SampleStudy: String, CaseIterable, Sendable {
    /// 24 trials by ASHA on two workers: learning rate × batch size × warm-up × weight decay.
    case typical
    case nothingBegun, oneTrial, noneFinished, stillRunning, lossWithDivergence, threeHundred, manyParameters, hostile

    var study: ReportStudy {
        switch self {
        case .typical: Self.search(trials: 24)
        case .nothingBegun: Self.search(trials: 0)
        case .oneTrial: Self.search(trials: 1)
        case .noneFinished: Self.makeNoneFinished()
        case .stillRunning: Self.makeStillRunning()
        case .lossWithDivergence: Self.makeLossWithDivergence()
        case .threeHundred: Self.search(trials: 300, workers: 8)
        case .manyParameters: Self.makeManyParameters()
        case .hostile: Self.makeHostile()
        }
    }

    private static let begun = Duration.seconds(1_796_000_000)

    private static let space = SearchSpace([
        Parameter("learning_rate", .logUniform(1e-5...1e-3, step: nil)),
        Parameter("batch_size", .categorical([.integer(8), .integer(16), .integer(32)], probabilities: nil)),
        Parameter("warmup_ratio", .uniform(0...0.2, step: nil)),
        Parameter("weight_decay", .uniform(0...0.1, step: nil)),
        Parameter("max_length", .constant(.integer(128))),
    ])

    /// Trials with rungs at 1, 2 and 3 epochs; a third of those at a rung goes on.
    private static func search(trials count: Int, workers: Int = 2, seed: UInt64 = 5) -> ReportStudy {
        var random = Seeded(seed)
        let names = (0..<workers).map { "worker-\($0 + 1).local" }
        var free = [Duration](repeating: begun + .seconds(3), count: workers)
        var trials = (0..<count).map { number in
            ReportTrial(number: number + 1, state: .finished, settings: draw(&random))
        }
        var rungScores: [[Double]] = [[], [], []]
        for index in trials.indices {
            run(&trials[index], names, &free, &rungScores, &random)
        }
        return study(trials, workers: names, ended: free.max() ?? begun)
    }

    private static func draw(_ random: inout Seeded) -> [String: ParameterValue] {
        let exponent = Double.random(in: -5 ... -3, using: &random)
        return [
            "learning_rate": .number(pow(10, exponent)),
            "batch_size": .integer([8, 16, 32].randomElement(using: &random) ?? 8),
            "warmup_ratio": .number(.random(in: 0...0.2, using: &random)),
            "weight_decay": .number(.random(in: 0...0.1, using: &random)), "max_length": .integer(128),
        ]
    }

    private static func run(
        _ trial: inout ReportTrial, _ workers: [String], _ free: inout [Duration], _ rungScores: inout [[Double]],
        _ random: inout Seeded
    ) {
        let worker = free.indices.min { free[$0] < free[$1] } ?? 0
        guard case .number(let rate) = trial.settings["learning_rate"] else { return }
        let exponent = log10(rate)
        let peak = 0.865 - 0.03 * (exponent + 4.2) * (exponent + 4.2) + .random(in: -0.006...0.006, using: &random)
        for rung in 0..<3 {
            let seconds = Double.random(in: 55...75, using: &random)
            let end = free[worker] + .seconds(seconds)
            trial.stretches.append(.init(worker: workers[worker], start: free[worker], end: end))
            free[worker] = end + .seconds(2)
            if exponent > -3.12 {
                trial.state = .infeasible
                trial.reason = "the loss became NaN in step 41"
                return
            }
            for half in 1...2 {
                let epoch = Double(rung) + Double(half) / 2
                let value = peak - 0.16 * pow(2.4, -epoch) + .random(in: -0.004...0.004, using: &random)
                trial.curve.append(.init(epoch: epoch, value: value))
            }
            trial.epochs = Double(rung + 1)
            trial.score = trial.curve.last?.value
            rungScores[rung].append(trial.score ?? 0)
            let better = rungScores[rung].count { $0 > trial.score ?? 0 }
            if rung < 2, better > rungScores[rung].count / 3 {
                trial.state = .pruned
                return
            }
        }
    }

    private static func study(_ trials: [ReportTrial], workers: [String], ended: Duration?) -> ReportStudy {
        let finished = trials.filter { $0.state == .finished && $0.score != nil }
        let best = finished.max { $0.score ?? 0 < $1.score ?? 0 }
        return ReportStudy(
            name: "mrpc-minilm", description: "Learning rate, batch size and warm-up on the first 1 000 pairs of MRPC.",
            task: "paraphrase", model: "all-MiniLM-L6-v2", data: "MRPC, 1 000 training pairs, 408 to judge by",
            metric: "f1", direction: .maximize, method: "random, seed 5",
            pruner: "ASHA at 1, 2 and 3 epochs, one in 3 goes on", space: space, rungs: [1, 2, 3], workers: workers,
            begun: begun, ended: ended, drawn: (ended ?? begun) + .seconds(4), trials: trials,
            winner: best.map { best in
                ReportStudy.Winner(
                    trial: best.number,
                    command: "bertctl finetune mrpc.csv --text sentence1 --pair sentence2 --label label --model minilm "
                        + "--epochs 3 --lr \(best.settings["learning_rate"]?.description ?? "") "
                        + "--batch-size \(best.settings["batch_size"]?.description ?? "")",
                    test: .init(value: 0.8413, interval: 0.8232...0.8581))
            }, remake: "bertctl sweep report mrpc-minilm --output mrpc-minilm.html")
    }

    private static func makeNoneFinished() -> ReportStudy {
        var study = search(trials: 5)
        let states: [ReportTrial.State] = [.failed, .infeasible, .cancelled, .failed, .running]
        for (index, state) in states.enumerated() {
            study.trials[index].state = state
            study.trials[index].score = nil
            study.trials[index].curve = []
            study.trials[index].reason =
                state == .failed ? "worker lost three times in a row while it ran step 40" : nil
        }
        study.winner = nil
        return study
    }

    private static func makeStillRunning() -> ReportStudy {
        var study = search(trials: 9)
        study.ended = nil
        study.winner = nil
        study.trials[7].state = .running
        study.trials[8].reason = nil
        study.trials[8].state = .running
        study.trials[8].score = nil
        study.trials[8].curve = []
        let worker = study.trials[8].stretches[0].worker
        study.trials[8].stretches = [.init(worker: worker, start: study.drawn - .seconds(30), end: nil)]
        return study
    }

    private static func makeLossWithDivergence() -> ReportStudy {
        var study = search(trials: 16)
        study.name = "loss"
        study.metric = "loss"
        study.direction = .minimize
        study.winner = nil
        for index in study.trials.indices {
            study.trials[index].score = study.trials[index].score.map { index == 4 ? 8.1e5 : 1.1 - $0 }
            study.trials[index].curve = study.trials[index].curve.map { point in
                .init(epoch: point.epoch, value: index == 4 ? 8.1e5 * point.epoch : 1.1 - point.value)
            }
        }
        return study
    }

    private static func makeManyParameters() -> ReportStudy {
        var study = search(trials: 40, workers: 14)
        var random = Seeded(9)
        let models = ["sentence-transformers/all-MiniLM-L6-v2", "google/bert_uncased_L-4_H-512_A-8", "bert-base-cased"]
        let names = (1...11).map { "encoder.layer.\($0).attention.dropout_probability_of_the_hidden_states" }
        let added =
            [Parameter("model", .categorical(models.map(ParameterValue.text), probabilities: nil))]
            + [Parameter("seed", .categorical((1...30).map(ParameterValue.integer), probabilities: nil))]
            + [Parameter("freeze", .categorical([.flag(true), .flag(false)], probabilities: nil))]
            + names.map { Parameter($0, .uniform(0...0.5, step: nil)) }
        study.space = SearchSpace(space.parameters + added)
        for index in study.trials.indices {
            study.trials[index].settings["model"] = .text(models[index % 3])
            study.trials[index].settings["seed"] = .integer(index % 30 + 1)
            // A parameter that only some trials have.
            study.trials[index].settings["freeze"] = index % 3 == 0 ? nil : .flag(index % 2 == 0)
            for name in names { study.trials[index].settings[name] = .number(.random(in: 0...0.5, using: &random)) }
        }
        return study
    }

    static let script = "<script>alert('\"&')</script>"

    private static func makeHostile() -> ReportStudy {
        var study = search(trials: 7)
        let unicode = "学習率 🚀 ‮evil‬ \u{0}\u{1B}[31m"
        study.name = script
        study.description = "</style></title>\(script) ]]> & more"
        study.task = script
        study.model = unicode
        study.data = String(repeating: "averylongfoldernamewithoutanybreak", count: 8) + ".csv"
        study.metric = "<b>f1</b>"
        study.method = script
        study.pruner = script
        study.space = SearchSpace([
            Parameter(script, .categorical([.text(script), .text("\" onmouseover=\"x")], probabilities: nil)),
            Parameter(unicode, .uniform(0...1, step: nil)),
            Parameter("ungewöhnliche_Größe_der_Stapel_für_das_Training", .integerUniform(1...64)),
        ])
        for index in study.trials.indices {
            study.trials[index].settings = [
                script: .text(index % 2 == 0 ? script : "\" onmouseover=\"x"), unicode: .number(Double(index) / 7),
                "ungewöhnliche_Größe_der_Stapel_für_das_Training": .integer(1 + index * 9),
            ]
            study.trials[index].reason = "\(script)\n]]>"
            study.trials[index].stretches = study.trials[index].stretches.map {
                .init(worker: "\(script)\(unicode)", start: $0.start, end: $0.end)
            }
        }
        study.workers = [String(repeating: "a-worker-with-a-very-long-name.", count: 6)]
        study.winner = study.winner.map { .init(trial: $0.trial, command: "echo \(script)", test: $0.test) }
        study.remake = script
        return study
    }
}
