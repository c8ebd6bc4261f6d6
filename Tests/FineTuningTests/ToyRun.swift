import BERT
import FineTuning
import Foundation
import Synchronization
import Tasks
import Tensors
import TestSupport

/// Runs of toy tasks in a folder of their own, on a clock that moves a fixed time at each look.
final class ToyRun {
    let root: URL
    private let base: URL
    private let kernels: Kernels
    private var runs = 0

    init(in folder: URL = URL.temporaryDirectory) throws {
        root = folder.appending(path: "finetuning-\(UUID().uuidString)")
        base = root.appending(path: "base")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        try TinyModel.write(to: base)
        kernels = try Kernels.select()
    }

    deinit { try? FileManager.default.removeItem(at: root) }

    /// Small enough for seconds, with dropout, warm-up, clipping and decay.
    static func options(_ settings: [String: String] = [:]) throws -> FineTuningOptions {
        let usual = [
            "learning_rate": "0.01", "epochs": "3", "batch_size": "16", "logging_steps": "2", "dropout": "0.1",
            "checkpoint_seconds": "86400",
        ]
        return try FineTuningOptions(
            task: .classification, settings: usual.merging(settings) { $1 }.map { (name: $0.key, value: $0.value) })
    }

    /// A folder for a run to work in.
    func work() throws -> URL {
        runs += 1
        let folder = root.appending(path: "work-\(runs)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// - Parameter tick: what the clock moves at each look
    func run(
        _ task: any TrainingTask = ToyTask(), settings: [String: String] = [:], work: URL, resume: URL? = nil,
        stopAtStep: Int? = nil, totalSteps: Int? = nil, isDryRun: Bool = false, lanes: Int = 1,
        tick: Duration = .milliseconds(1), events: @escaping @Sendable (RunEvent) -> RunOrder = { _ in .goOn }
    ) throws -> RunOutcome {
        let run = FineTuningRun(
            task: task, options: try Self.options(settings), base: base, work: work, resume: resume,
            stopAtStep: stopAtStep, totalSteps: totalSteps, isDryRun: isDryRun,
            card: CardFacts(name: "toy", base: "tiny@1", data: [.init(role: "train", source: "toy|set.csv")]),
            kernels: kernels)
        let time = Mutex(Duration.zero)
        let clock = RunClock(
            elapsed: {
                time.withLock {
                    $0 += tick
                    return $0
                }
            }, date: { 1e9 })
        let pool = try Lanes<Void>(count: lanes) { _ in }
        let result = Mutex<Result<RunOutcome, FineTuningError>?>(nil)
        pool.submit { _, team in
            let ended = Result { () throws(FineTuningError) in
                try run.run(team: team, clock: clock, events: events)
            }
            result.withLock { $0 = ended }
        }
        pool.stop()
        guard let ended = result.withLock({ $0 }) else { throw CancellationError() }
        return try ended.get()
    }

    /// The bytes of every file below a folder that two equal runs have in common.
    static func bytes(_ folder: URL) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let url = folder.appending(path: name)
            guard !url.hasDirectoryPath, name != "times.json" else { continue }
            guard let data = FileManager.default.contents(atPath: url.path) else { continue }
            let lines = data.split(separator: UInt8(ascii: "\n")).filter { line in
                let text = String(decoding: line, as: UTF8.self)
                return !["train_runtime", "_per_second"].contains { text.contains($0) }
            }
            files[name] = name == "all_results.json" ? Data(lines.joined(separator: [10])) : data
        }
        return files
    }
}
