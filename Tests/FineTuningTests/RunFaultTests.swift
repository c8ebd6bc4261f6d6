import BERT
import FineTuning
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct RunFaultTests {
    private let toy: ToyRun

    init() throws { toy = try ToyRun() }

    /// One target is infinite; which step meets it depends on its place.
    @Test func aRunThatDivergesNamesStepRateAndTheLastGoodCheckpoint() throws {
        var named = 0
        for bad in 0..<8 {
            let work = try toy.work()
            let error = #expect(throws: FineTuningError.self) {
                try toy.run(DivergingTask(bad: bad), settings: ["checkpoint_seconds": "0"], work: work)
            }
            guard case .notFinite(let quantity, let step, let rate, let checkpoint)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(quantity == "loss" && (1...6).contains(step) && rate < 0.1)
            #expect(!FileManager.default.fileExists(atPath: work.appending(path: "model").path))
            guard let checkpoint else { continue }
            #expect(FileManager.default.fileExists(atPath: checkpoint + "/complete.json"))
            named += 1
        }
        #expect(named > 0, "no run met its target after a checkpoint")
    }

    @Test func aCheckpointOfAnotherRunIsRefused() throws {
        let work = try toy.work()
        _ = try toy.run(work: work, stopAtStep: 2)
        let checkpoint = work.appending(path: "checkpoint-2")
        let others: [(String, [String: String], ToyTask, Int?)] = [
            ("its list of settings", ["learning_rate": "0.02"], ToyTask(), nil),
            ("its digest of the training data", [:], ToyTask(seed: 4), nil),
            ("its number of steps", [:], ToyTask(), 20),
        ]
        for (field, settings, task, total) in others {
            let error = #expect(throws: FineTuningError.self) {
                try toy.run(task, settings: settings, work: toy.work(), resume: checkpoint, totalSteps: total)
            }
            guard case .checkpoint("checkpoint-2", let found, _, _)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(found == field)
        }
    }

    @Test func aCheckpointThatIsNotWholeIsRefused() throws {
        let work = try toy.work()
        _ = try toy.run(work: work, stopAtStep: 2)
        let checkpoint = work.appending(path: "checkpoint-2")
        for name in try FileManager.default.contentsOfDirectory(atPath: checkpoint.path) {
            let copy = try toy.work().appending(path: "checkpoint-2")
            try FileManager.default.copyItem(at: checkpoint, to: copy)
            let file = copy.appending(path: name)
            let half = try Data(contentsOf: file).dropLast()
            try half.prefix(half.count / 2).write(to: file)
            let error = #expect(throws: FineTuningError.self, "\(name) cut in half") {
                try toy.run(work: toy.work(), resume: copy)
            }
            guard case .checkpoint? = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
    }

    @Test(.enabled(if: SmallDisk.isPossible, "needs to mount a file system"))
    func aFullDiskIsToldAndTheCheckpointBeforeItStays() throws {
        let disk = try SmallDisk(megabytes: 1)
        defer { disk.close() }
        let work = disk.folder
        let steps = Mutex<[Int]>([])
        let error = #expect(throws: FineTuningError.self) {
            try toy.run(settings: ["epochs": "60"], work: work) { event in
                if case .checkpoint(_, let step, _) = event {
                    steps.withLock { $0.append(step) }
                    try? disk.fill(work.appending(path: "filler"))
                }
                return .goOn
            }
        }
        guard case .unwritable(_, let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason == "No space left on device")
        let last = try #require(steps.withLock { $0.last })
        try FileManager.default.removeItem(at: work.appending(path: "filler"))
        let outcome = try toy.run(
            settings: ["epochs": "60"], work: toy.work(), resume: work.appending(path: "checkpoint-\(last)"),
            stopAtStep: last + 1)
        guard case .stopped(_, last + 1, _) = outcome else {
            Issue.record("\(outcome)")
            return
        }
    }

    @Test func aTokenThatTheModelDoesNotHaveIsRefused() throws {
        var task = ToyTask()
        task.training[7] = Example(ids: [2, 9999, 3], types: [0, 0, 0], target: .label(0))
        let error = #expect(throws: FineTuningError.self) { try toy.run(task, work: toy.work()) }
        guard case .model(let reason)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("the token 9999"))
    }

    @Test func classWeightsThatAreNotOneALabelAreRefused() throws {
        #expect(throws: FineTuningError.option(name: "class_weights", expected: "2 weights, one a label", found: "3")) {
            try toy.run(settings: ["class_weights": "1,2,3"], work: toy.work())
        }
    }
}
