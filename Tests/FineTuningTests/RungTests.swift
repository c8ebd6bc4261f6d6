import FineTuning
import Foundation
import Synchronization
import Testing

/// A run that is cut into rungs, each a run of its own from the checkpoint of the one before.
@Suite struct RungTests {
    private let toy: ToyRun

    init() throws { toy = try ToyRun() }

    /// Ends at each of the stops and goes on in a new folder, then to the end.
    ///
    /// - Returns: what the rungs ended with, and the folder of the model
    private func climb(
        _ stops: [Int], settings: [String: String], lanes: Int
    ) throws -> (rungs: [(step: Int, metrics: [MetricValue])], model: URL) {
        var rungs: [(step: Int, metrics: [MetricValue])] = []
        var checkpoint: URL?
        for stop in stops {
            let work = try toy.work()
            let outcome = try toy.run(
                settings: settings, work: work, resume: checkpoint, stopAtStep: stop, lanes: lanes)
            guard case .stopped(let folder, let step, let metrics) = outcome else { throw CancellationError() }
            #expect(!FileManager.default.fileExists(atPath: work.appending(path: "model").path))
            checkpoint = URL(filePath: folder)
            rungs.append((step, metrics))
        }
        let work = try toy.work()
        _ = try toy.run(settings: settings, work: work, resume: checkpoint, lanes: lanes)
        return (rungs, work.appending(path: "model"))
    }

    /// The last stop is past the end: there the training is over, and only the model is missing.
    @Test(arguments: [1, 2]) func rungsLeaveTheBytesOfARunThatWasNeverCut(lanes: Int) throws {
        let whole = try toy.work()
        _ = try toy.run(work: whole)
        let (rungs, model) = try climb([3, 8, 13, 99], settings: [:], lanes: lanes)
        #expect(rungs.map(\.step) == [3, 8, 13, 18])
        #expect(rungs.allSatisfy { $0.metrics.first?.name == "eval_accuracy" })
        let expected = try ToyRun.bytes(whole.appending(path: "model"))
        let found = try ToyRun.bytes(model)
        for name in expected.keys.sorted() { #expect(found[name] == expected[name], "\(name)") }
        #expect(found.count == expected.count)
    }

    @Test func aRunThatIsOutOfPatienceBeforeItsStopIsStoppedThere() throws {
        let settings = ["epochs": "9", "eval_steps": "3", "early_stopping_patience": "1"]
        let whole = try toy.work()
        _ = try toy.run(settings: settings, work: whole)
        let (rungs, model) = try climb([6, 53, 54], settings: settings, lanes: 1)
        #expect(rungs[1].step < 53, "expected to be out of patience early")
        #expect(rungs[2].step == rungs[1].step && rungs[2].metrics == rungs[1].metrics)
        #expect(try ToyRun.bytes(model) == ToyRun.bytes(whole.appending(path: "model")))
    }

    /// Nothing is left for them to do: of the three parts of a checkpoint two are gone.
    @Test func whereAllIsTrainedNoMomentsAreKept() throws {
        let work = try toy.work()
        _ = try toy.run(work: work, stopAtStep: 99)
        let files = try ToyRun.bytes(work)
        #expect(files["checkpoint-12/optimizer.safetensors"] != nil)
        #expect(files["checkpoint-18/optimizer.safetensors"] == nil && files["checkpoint-18/model.safetensors"] != nil)
        let told = Mutex<[RunEvent]>([])
        let outcome = try toy.run(work: toy.work(), resume: work.appending(path: "checkpoint-18")) { event in
            told.withLock { $0.append(event) }
            return .goOn
        }
        guard case .finished = outcome else { throw CancellationError() }
        for event in told.withLock({ $0 }) {
            if case .checkpoint = event { Issue.record("a checkpoint without a step") }
        }
    }
}
