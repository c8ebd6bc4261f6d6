import Foundation
import Messages
import Store
import Synchronization
import Tasks
import TestSupport
import Testing

@testable import Worker

/// Runs on a store, without a broker.
@Suite struct TrainerTests {
    @Test func aRunTellsWhatItDoesAndLeavesAModelThatClassifies() throws {
        let bench = try TrainerBench()
        let heard = Mutex<[String]>([])
        let end = try bench.perform(bench.lease()) { news in
            let word =
                switch news {
                case .progress: "progress"
                case .survey: "survey"
                case .metrics: "metrics"
                case .checkpoint: "checkpoint"
                case .note: "note"
                }
            heard.withLock { $0.append(word) }
            return .goOn
        }
        guard case .finished(let result, _) = end else { throw TrainerBench.Unexpected(end) }
        let words = heard.withLock { $0 }
        #expect(words.first { $0 != "note" } == "survey")
        #expect(Set(words).isSuperset(of: ["survey", "metrics", "checkpoint"]))
        #expect(result.metrics.contains { $0.name.hasSuffix("accuracy") && $0.value != nil })

        let manifest = try #require(result.model)
        let folder = try #require(
            Store.madeFolder(manifest.digest, in: bench.state.appending(path: "store")))
        let head = try HeadBench(folder)
        let rows = try head.run(.classify(ClassificationOptions()), [RowInput("a e i"), RowInput("b c d")])
        for row in rows { #expect(["soft", "hard"].contains(row.yield?.outcome?.label)) }

        let judged = try bench.finish(bench.evaluation(of: manifest.digest))
        let accuracy = try #require(judged.metrics.first { $0.name == "dev_accuracy" }?.value)
        #expect(accuracy == result.metrics.first { $0.name == "eval_accuracy" }?.value)
        #expect(judged.model == nil)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>) func aStoppedAndResumedRunLeavesTheSameBytes(seed: UInt64) throws {
        let bench = try TrainerBench()
        var random = Seeded(seed)
        let whole = try bench.finish(bench.lease(), lanes: 1)
        let stretches = (0..<5).map { _ in Int.random(in: 1...5, using: &random) }
        let parts = try bench.finishInStretches(of: stretches, lanes: seed.isMultiple(of: 2) ? 2 : 1)
        let file = "model.safetensors"
        #expect(TrainerBench.digest(of: file, in: parts.model) != nil)
        #expect(TrainerBench.digest(of: file, in: parts.model) == TrainerBench.digest(of: file, in: whole.model))
        #expect(parts.metrics.map(\.name) == whole.metrics.map(\.name))
    }

    @Test func aRunStopsWhereItIsToldToAndGoesOnFromThere() throws {
        let bench = try TrainerBench()
        let last = Mutex<SavedCheckpoint?>(nil)
        let end = try bench.perform(bench.lease { $0.stopAtStep = 11 }) { news in
            if case .checkpoint(let saved) = news { last.withLock { $0 = saved } }
            return .goOn
        }
        guard case .finished(let result, _) = end else { throw TrainerBench.Unexpected(end) }
        let checkpoint = try #require(last.withLock { $0 })
        #expect(result.model == nil && checkpoint.step == 11)
        let resumed = try bench.finish(bench.lease { $0.startFrom = checkpoint.manifest.digest })
        let whole = try bench.finish(bench.lease())
        let file = "model.safetensors"
        #expect(TrainerBench.digest(of: file, in: resumed.model) == TrainerBench.digest(of: file, in: whole.model))
    }

    /// A trial of a sweep, from rung to rung and then, as the winner, to its model.
    @Test(arguments: [1, 2]) func whatIsCutIntoRungsLeavesTheModelOfARunThatWasNot(lanes: Int) throws {
        let bench = try TrainerBench()
        var start: Digest?
        for (rung, stop) in [5, 16, 27, 1000].enumerated() {
            let news = Mutex<[RunNews]>([])
            let lease = try bench.lease {
                $0.name = nil
                $0.startFrom = start
                $0.stopAtStep = stop
            }
            let end = try bench.perform(lease, lanes: lanes) { told in
                news.withLock { $0.append(told) }
                return .goOn
            }
            guard case .finished(let result, _) = end else { throw TrainerBench.Unexpected(end) }
            #expect(result.model == nil && result.metrics.contains { $0.name == "eval_accuracy" && $0.value != nil })
            let step = min(stop, 32)
            let kept = news.withLock { $0.filter(\.isKept) }
            guard case .checkpoint(let saved)? = kept.last, saved.step == step else {
                Issue.record("expected a checkpoint of step \(step) at the end of rung \(rung), found \(kept)")
                return
            }
            let judged = kept.map { if case .metrics(let metrics) = $0 { metrics.step } else { 0 } }
            #expect(judged.max() == step, "every rung tells its scores")
            start = saved.manifest.digest
        }
        let parts = try bench.finish(bench.lease { $0.startFrom = start }, lanes: lanes)
        let whole = try bench.finish(bench.lease())
        #expect(parts.metrics == whole.metrics)
        let names = try #require(whole.model).files.map(\.path)
        #expect(names.contains("README.md") && parts.model?.files.map(\.path) == names)
        // Two files tell times.
        for name in names where name != "all_results.json" && !name.hasPrefix("runs/") {
            let digests = [parts, whole].map { TrainerBench.digest(of: name, in: $0.model) }
            #expect(digests[0] == digests[1], "\(name)")
        }
    }

    @Test func aDryRunEndsAfterTheSurvey() throws {
        let bench = try TrainerBench()
        let surveys = Mutex<[Survey]>([])
        let end = try bench.perform(bench.lease { $0.isDryRun = true }) { news in
            if case .survey(let survey) = news { surveys.withLock { $0.append(survey) } }
            return .goOn
        }
        guard case .finished(let result, _) = end else { throw TrainerBench.Unexpected(end) }
        let survey = try #require(surveys.withLock { $0 }.first)
        #expect(result.model == nil && survey.sets.first?.rows == 64 && survey.totalSteps == 32)
        #expect(survey.sets.first?.examples == 64)
    }

    private func failure(_ bench: TrainerBench, _ lease: Lease) throws -> ServiceError {
        let end = try bench.perform(lease)
        guard case .unfinished(.failed, let error) = end else { throw TrainerBench.Unexpected(end) }
        return error
    }

    @Test func aLearningRateOutOfHandEndsAsDiverged() throws {
        let bench = try TrainerBench()
        let end = try bench.perform(bench.lease(["learning_rate": "1e9", "warmup_ratio": "0"]))
        switch end {
        case .unfinished(.failed, let error): #expect([.diverged, .invalid].contains(error.code))
        default: throw TrainerBench.Unexpected(end)
        }
    }

    @Test(arguments: [
        ("batch_size", "0"), ("learning_rate", "fast"), ("lerning_rate", "0.1"),
    ]) func aSettingThatMakesNoSenseIsNamed(name: String, value: String) throws {
        let bench = try TrainerBench()
        let error = try failure(bench, bench.lease([name: value]))
        #expect(error.code == .invalid && error.field != nil)
    }

    @Test func aBadRowIsNamedByFileLineAndField() throws {
        let bench = try TrainerBench(dev: ["a e,soft", "b c,unheard"])
        let error = try failure(bench, bench.lease())
        #expect(error.code == .invalid && error.file == "dev.csv" && error.line == 3)
        let columns = try failure(bench, bench.lease { $0.columns.text = "body" })
        #expect(columns.code == .invalid && columns.message.contains("body") || columns.field == "body")
        #expect(columns.file == "train.csv")
        let empty = try TrainerBench(train: [])
        #expect(try failure(empty, empty.lease()).file == "train.csv")
    }

    @Test func whatIsNotInTheStoreIsRefused() throws {
        let bench = try TrainerBench()
        let absent = Digest(of: [1, 2, 3])
        for lease in [try bench.evaluation(of: absent), try bench.lease(resume: absent)] {
            guard case .unfinished(.refused, _) = try bench.perform(lease) else { throw TrainerBench.NoEnd() }
        }
        let error = try failure(bench, bench.evaluation(of: bench.model))
        #expect(error.code == .invalid && error.field == "task")
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs root and mount(8) for a small file system"))
    func aFullDiskInACheckpointIsSaid() throws {
        let disk = try SmallDisk(megabytes: 4)
        defer { disk.close() }
        let bench = try TrainerBench(in: disk.folder)
        let end = try bench.perform(bench.lease(["epochs": "50"])) { news in
            if case .checkpoint = news { try? disk.fill(disk.folder.appending(path: "filler")) }
            return .goOn
        }
        guard case .unfinished(.failed, let error) = end else { throw TrainerBench.Unexpected(end) }
        #expect(error.code == .storageFull)
    }
}
