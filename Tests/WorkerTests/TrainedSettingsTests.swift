import Foundation
import Tasks
import Testing

@testable import Worker

@Suite struct TrainedSettingsTests {
    private let folder = URL.temporaryDirectory.appending(path: "bertd-settings-\(UUID().uuidString)")

    /// What is read of a folder with these files.
    private func settings(arguments: String, results: String? = nil) throws -> TrainedSettings? {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try arguments.write(to: folder.appending(path: "training_args.json"), atomically: false, encoding: .utf8)
        try results?.write(to: folder.appending(path: "all_results.json"), atomically: false, encoding: .utf8)
        return TrainedSettings(in: folder)
    }

    private let squad = #"{"task": "squad-2.0", "settings": {"null_threshold": "-2.0", "version_2": "true"}}"#

    @Test func aModelAnswersNoneAtTheThresholdThatItsDevelopmentSetChose() throws {
        let read = try #require(
            try settings(arguments: squad, results: #"{"eval_best_f1_thresh": 1.25, "eval_f1": 70.5}"#))
        #expect(read.options.nullThreshold == 1.25)
        #expect(read.options.version2)
    }

    @Test func aModelWithoutATunedThresholdAnswersNoneAtItsOwn() throws {
        #expect(try settings(arguments: squad, results: #"{"eval_f1": 70.5}"#)?.options.nullThreshold == -2)
        #expect(try settings(arguments: squad)?.options.nullThreshold == -2)
    }

    @Test func questionsOfOnesOwnThatHaveNoAnswerMakeAModelThatMayAnswerNone() throws {
        let own = #"{"task": "question-answering", "settings": {"version_2": "false"}}"#
        let read = try #require(try settings(arguments: own, results: #"{"eval_best_f1_thresh": -3}"#))
        #expect(read.options.version2)
        #expect(read.options.nullThreshold == -3)
        #expect(try settings(arguments: own)?.options.version2 == false)
    }

    @Test func aFolderOfAnotherProgramTellsNothing() throws {
        #expect(try settings(arguments: #"{"learning_rate": 5e-05}"#) == nil)
    }
}
