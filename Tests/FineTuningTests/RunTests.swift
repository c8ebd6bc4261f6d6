import FineTuning
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct RunTests {
    private let toy: ToyRun

    init() throws { toy = try ToyRun() }

    private func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    private func json(_ url: URL) throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any] ?? [:]
    }

    @Test func aRunLearnsAndLeavesAHuggingFaceFolder() throws {
        let work = try toy.work()
        let told = Mutex<[RunEvent]>([])
        let outcome = try toy.run(settings: ["epochs": "12"], work: work) { event in
            told.withLock { $0.append(event) }
            return .goOn
        }
        guard case .finished(let folder, let metrics) = outcome else { throw CancellationError() }
        #expect(metrics.map(\.name) == ["eval_accuracy", "test_accuracy", "test_accuracy_low", "test_accuracy_high"])
        // The score on the test rows lies in its bootstrap interval.
        #expect(metrics[2].value <= metrics[1].value && metrics[1].value <= metrics[3].value)
        #expect(metrics[0].value > 0.9, "of 21 sequences")
        let model = URL(filePath: folder)
        #expect(
            try names(model) == [
                "README.md", "all_results.json", "config.json", "model.safetensors", "predictions_dev.tsv",
                "predictions_test.tsv", "runs", "tokenizer_config.json", "trainer_state.json", "training_args.json",
                "vocab.txt",
            ])
        let config = try json(model.appending(path: "config.json"))
        #expect(config["architectures"] as? [String] == ["BertForSequenceClassification"])
        #expect(config["id2label"] as? [String: String] == ["0": "absent", "1": "present"])
        #expect(config["vocab_size"] as? Int != nil)
        let results = try String(contentsOf: model.appending(path: "all_results.json"), encoding: .utf8)
        #expect(results.contains("\"eval_accuracy\": \(metrics[0].value)") && results.contains("\"epoch\": 12.0"))
        let card = try String(contentsOf: model.appending(path: "README.md"), encoding: .utf8)
        for part in [
            "# toy", "toy\\|set.csv", "| absent | 1.0000 |", "| learning_rate | 0.01 |", "### Confusion matrix",
        ] {
            #expect(card.contains(part), "\(part)")
        }

        let events = told.withLock { $0 }
        guard case .survey(let survey)? = events.first else { throw CancellationError() }
        #expect(survey.stepsPerEpoch == 6 && survey.totalSteps == 72 && survey.secondsPerStep > 0)
        #expect(survey.peakBytes > 1 << 20 && survey.machineBytes > survey.peakBytes)
        let evaluations = events.count { if case .evaluation = $0 { true } else { false } }
        #expect(evaluations == 13, "each epoch on dev, and test at the end")
    }

    @Test func progressComesAtMostFourTimesASecond() throws {
        let told = Mutex<[RunProgress]>([])
        _ = try toy.run(work: toy.work(), tick: .milliseconds(60)) { event in
            if case .progress(let progress) = event { told.withLock { $0.append(progress) } }
            return .goOn
        }
        let progress = told.withLock { $0 }
        // A step looks at the clock twice, an evaluation a little more often.
        #expect((4...13).contains(progress.count), "\(progress.count)")
        #expect(progress.map(\.step) == progress.map(\.step).sorted())
        #expect(progress.allSatisfy { $0.loss > 0 && $0.totalSteps == 18 && $0.tokensPerSecond >= 0 })
        #expect(progress.last.map { $0.timeLeft < .seconds(1) } ?? false)
    }

    @Test func lanesChangeNoByte() throws {
        let works = try [toy.work(), toy.work()]
        for (index, work) in works.enumerated() { _ = try toy.run(work: work, lanes: index + 1) }
        #expect(try ToyRun.bytes(works[0]) == ToyRun.bytes(works[1]))
    }

    /// Stops at seeded steps, goes on in another folder with another number of lanes, until it ends.
    @Test(arguments: 0..<6) func aRunThatIsStoppedAndResumedLeavesTheSameBytes(_ seed: UInt64) throws {
        let undisturbed = try toy.work()
        let settings = ["eval_steps": "4", "early_stopping_patience": seed.isMultiple(of: 2) ? "2" : "9"]
        _ = try toy.run(settings: settings, work: undisturbed)

        var random = Seeded(seed)
        var checkpoint: URL?
        for lanes in [1, 2, 2, 1, 2, 1, 1, 2] {
            let work = try toy.work()
            let left = Mutex(Int.random(in: 1...9, using: &random))
            let isLast = lanes == 2 && checkpoint != nil && Bool.random(using: &random)
            let outcome = try toy.run(
                settings: settings, work: work, resume: checkpoint, lanes: lanes, tick: .milliseconds(200)
            ) { event in
                guard case .progress = event, !isLast else { return .goOn }
                return left.withLock {
                    $0 -= 1
                    return $0 < 0 ? .saveAndStop : .goOn
                }
            }
            if case .stopped(let folder, let step, _) = outcome {
                checkpoint = URL(filePath: folder)
                #expect(folder.hasSuffix("checkpoint-\(step)"))
                continue
            }
            let expected = try ToyRun.bytes(undisturbed.appending(path: "model"))
            let found = try ToyRun.bytes(work.appending(path: "model"))
            for name in expected.keys.sorted() { #expect(found[name] == expected[name], "\(name), seed \(seed)") }
            #expect(found.count == expected.count)
            return
        }
        Issue.record("the run did not end in eight stretches")
    }

    @Test func aStretchToAStepIsTheBeginningOfTheWholeRun() throws {
        let whole = try toy.work()
        let stretch = try toy.work()
        _ = try toy.run(work: whole)
        let evaluations = Mutex<[Int]>([])
        let outcome = try toy.run(work: stretch, stopAtStep: 8) { event in
            if case .evaluation(let step, _, _, _) = event { evaluations.withLock { $0.append(step) } }
            return .goOn
        }
        let checkpoint = stretch.appending(path: "checkpoint-8")
        guard case .stopped(checkpoint: checkpoint.path, step: 8, metrics: let metrics) = outcome else {
            throw CancellationError()
        }
        #expect(metrics.map(\.name) == ["eval_accuracy", "best_metric", "best_global_step"])
        #expect(metrics.last?.value == 6, "the stop is not among those that the best is chosen from")
        #expect(evaluations.withLock { $0 } == [6, 8])
        _ = try toy.run(work: stretch, resume: checkpoint)
        #expect(
            try ToyRun.bytes(whole.appending(path: "model")) == ToyRun.bytes(stretch.appending(path: "model")))
    }

    @Test func accumulatingGivesWhatALargeBatchDoes() throws {
        let works = try [toy.work(), toy.work()]
        _ = try toy.run(settings: ["batch_size": "16"], work: works[0])
        _ = try toy.run(settings: ["batch_size": "4", "gradient_accumulation_steps": "4"], work: works[1])
        let weights = try works.map { try ToyRun.bytes($0)["model/model.safetensors"] }
        #expect(weights[0] == weights[1] && weights[0] != nil)
    }

    @Test func aDryRunSurveysAndLeavesNothing() throws {
        let work = try toy.work()
        #expect(try toy.run(work: work, isDryRun: true) == .surveyed)
        #expect(try names(work) == [])
    }

    @Test func checkpointsAreBoundedAndTheBestIsDelivered() throws {
        let work = try toy.work()
        let best = Mutex<[Int]>([])
        _ = try toy.run(ScriptedTask([0.5, 0.9, 0.7, 0.9, 0.6, 0.8]), settings: ["epochs": "6"], work: work) { event in
            if case .checkpoint(let folder, let step, true) = event, folder.hasSuffix("-\(step)") {
                best.withLock { $0.append(step) }
            }
            return .goOn
        }
        #expect(best.withLock { $0 } == [6, 12], "an equal value is no better one")
        #expect(
            try names(work) == ["best.safetensors", "checkpoint-12", "checkpoint-30", "checkpoint-36", "model"])
        let files = try ToyRun.bytes(work)
        #expect(files["model/model.safetensors"] == files["checkpoint-12/model.safetensors"])
        #expect(files["checkpoint-36/best.safetensors"] == files["checkpoint-12/model.safetensors"])
        #expect(files["model/model.safetensors"] != files["checkpoint-36/model.safetensors"])
    }

    @Test func patienceEndsARunEarly() throws {
        let work = try toy.work()
        let settings = ["epochs": "9", "early_stopping_patience": "2"]
        _ = try toy.run(ScriptedTask([0.5, 0.9, 0.7, 0.8, 1]), settings: settings, work: work)
        #expect(try json(work.appending(path: "model/trainer_state.json"))["global_step"] as? Int == 24)
    }

    @Test func frozenLayersStayAsTheyWere() throws {
        let works = try [toy.work(), toy.work()]
        _ = try toy.run(settings: ["frozen_layers": "1"], work: works[0], stopAtStep: 1, totalSteps: 18)
        _ = try toy.run(settings: ["frozen_layers": "1"], work: works[1], stopAtStep: 9, totalSteps: 18)
        let early = try tensors(works[0].appending(path: "checkpoint-1/model.safetensors"))
        let late = try tensors(works[1].appending(path: "checkpoint-9/model.safetensors"))
        for (name, bytes) in early {
            let isFrozen = name.hasPrefix("bert.embeddings.") || name.hasPrefix("bert.encoder.layer.0.")
            #expect((late[name] == bytes) == isFrozen, "\(name)")
        }
    }

    private func tensors(_ url: URL) throws -> [String: Data] {
        let file = try Data(contentsOf: url)
        let length = Int(file.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
        let header = try JSONSerialization.jsonObject(with: file[8..<8 + length]) as? [String: [String: Any]] ?? [:]
        return header.compactMapValues { entry in
            (entry["data_offsets"] as? [Int]).map { file[(8 + length + $0[0])..<(8 + length + $0[1])] }
        }
    }
}
