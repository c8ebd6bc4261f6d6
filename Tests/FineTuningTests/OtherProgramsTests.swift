import FineTuning
import Foundation
import TestSupport
import Testing

/// What transformers and tensorboard make of a run's folder; skipped where there is no Python with them.
@Suite struct OtherProgramsTests {
    /// `BERTD_TEST_PYTHON`, or the system's.
    private static let python = ProcessInfo.processInfo.environment["BERTD_TEST_PYTHON"] ?? "/usr/bin/python3"

    private static let isPossible = (try? run(["-c", "import torch, transformers, tensorboard"]).status) == 0

    private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: python)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }

    @Test(.enabled(if: isPossible, "needs Python with transformers and tensorboard"))
    func transformersGivesTheSameLogitsAndTensorBoardTheSameCurves() throws {
        let toy = try ToyRun()
        let task = LogitsTask()
        let work = try toy.work()
        _ = try toy.run(task, work: work)
        let model = work.appending(path: "model")
        let ids = work.appending(path: "ids.json")
        try JSONEncoder().encode(task.evaluationSets[0].examples.map(\.ids)).write(to: ids)
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "check_folder.py").path
        let logits = model.appending(path: "logits_dev.json").path
        let (status, output) = try Self.run([script, model.path, ids.path, logits])
        #expect(status == 0, "\(output)")
    }
}
