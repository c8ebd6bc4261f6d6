import FineTuning
import Foundation
import Synchronization
import Tasks
import Tensors
import TestSupport
import Testing

/// A real run, for its numbers: MRPC from the model that `BERTD_TEST_MODEL` names.
///
///     BERTD_BENCH_TRAINING=seed=1,learning_rate=5e-5 BERTD_TEST_MODEL=DIR swift test -c release --filter TrainingBench
///
/// The variable holds the settings that differ from the task's own; `BERTD_BENCH_WORK` keeps the folder.
@Suite struct TrainingBench {
    private static let environment = ProcessInfo.processInfo.environment

    @Test(.enabled(if: environment["BERTD_BENCH_TRAINING"] != nil && TestModel.isPresent, "a measurement, not a test"))
    func mrpcFromAModel() throws {
        let settings = (Self.environment["BERTD_BENCH_TRAINING"] ?? "").split(separator: ",").map { setting in
            let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
            return (name: parts[0], value: parts.count > 1 ? parts[1] : "")
        }
        let options = try FineTuningOptions(task: .mrpc, settings: settings)
        let files: [DataRole: URL] = [
            .train: SharedData.url("glue/MRPC/train.tsv"), .dev: SharedData.url("glue/MRPC/dev.tsv"),
        ]
        let task = try TrainingRequest(
            task: .mrpc, files: files, columns: DataColumns(), options: options, tokenizerFolder: TestModel.url,
            maximumPositions: 512
        ).open()
        let work = URL(
            filePath: Self.environment["BERTD_BENCH_WORK"] ?? NSTemporaryDirectory() + "bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        let run = FineTuningRun(
            task: task, options: options, base: TestModel.url, work: work,
            card: CardFacts(name: "mrpc", base: "all-MiniLM-L6-v2", data: []), kernels: try Kernels.select())
        let lanes = try Lanes<Void>(count: LaneCount.available) { _ in }
        let ended = Mutex<Result<RunOutcome, FineTuningError>?>(nil)
        let start = ContinuousClock.now
        lanes.submit { _, team in
            let result = Result { () throws(FineTuningError) in
                try run.run(team: team) { event in
                    switch event {
                    case .progress(let progress) where progress.step.isMultiple(of: 20): print(progress)
                    case .survey(let survey): print(survey, "after", start.duration(to: .now))
                    case .evaluation(let step, _, let set, let evaluation):
                        print(step, set, evaluation.metrics, "after", start.duration(to: .now))
                    case .checkpoint(let folder, let step, let isBest): print(folder, step, isBest)
                    default: break
                    }
                    return .goOn
                }
            }
            ended.withLock { $0 = result }
        }
        lanes.stop()
        var use = rusage()
        getrusage(Int32(RUSAGE_SELF.rawValue), &use)
        let outcome = try #require(try ended.withLock { $0 }?.get())
        print(outcome, "in", start.duration(to: .now), "user CPU", use.ru_utime.tv_sec, "s, peak", use.ru_maxrss, "KB")
        if Self.environment["BERTD_BENCH_WORK"] == nil { try FileManager.default.removeItem(at: work) }
    }
}
