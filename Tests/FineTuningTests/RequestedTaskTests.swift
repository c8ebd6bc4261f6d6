import Foundation
import Tasks
import TestSupport
import Testing

@testable import FineTuning

/// Tasks as a job asks for them: by name, from files.
@Suite struct RequestedTaskTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "bertd-requested-\(UUID().uuidString)")
        try TinyModel.write(to: folder)
    }

    private func write(_ text: String, _ name: String) throws -> URL {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file
    }

    private func open(
        _ task: TaskName, _ files: [DataRole: URL], _ settings: [(name: String, value: String)] = [],
        labels: [String]? = nil
    ) throws -> any TrainingTask {
        try TrainingRequest(
            task: task, files: files, columns: DataColumns(),
            options: FineTuningOptions(task: task, settings: settings), tokenizerFolder: folder,
            maximumPositions: TinyModel.maximumTokens, labels: labels
        ).open()
    }

    @Test func questionsWithoutADevelopmentFileAreHeldBackByContext() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let paragraphs = (0..<8).map { context in
            let questions = (0..<3).map {
                #"{"id": "\#(context).\#($0)", "question": "what \#($0)?", "answers": [{"text": "bad", "answer_start": 4}]}"#
            }
            return #"{"context": "the bad \#(context)", "qas": [\#(questions.joined(separator: ","))]}"#
        }
        let text = #"{"data": [{"paragraphs": [\#(paragraphs.joined(separator: ","))]}]}"#
        let file = try write(text, "q.json")
        let settings = [(name: "max_query_length", value: "8")]
        let task = try open(.squad11, [.train: file], settings)
        #expect(task.evaluationSets.map(\.name) == ["dev"])
        #expect(task.training.count == 12)
        #expect(task.evaluationSets[0].examples.count == 12)
        #expect(try open(.squad11, [.train: file], settings).training == task.training)
        #expect(try open(.squad11, [.train: file], settings + [(name: "seed", value: "9")]).training != task.training)
        #expect(try open(.squad11, [.dev: file], settings).training.isEmpty)
        #expect(
            throws: FineTuningError.option(name: "max_length", expected: "at least 68", found: "32")
        ) { try open(.squad11, [.dev: file]) }
    }

    @Test func wordsWithoutADevelopmentFileAreHeldBackWithTheirDuplicates() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let text = (0..<30).map { "w\($0 / 2)\tB-t\($0 / 2)\r\nx\tO\r\n" }.joined(separator: "\r\n")
        let file = try write(text, "w.conll")
        let task = try #require(try open(.tokenClassification, [.train: file]) as? TokenClassificationTask)
        #expect(task.labels.count == 31)
        #expect(task.training.count == 16)
        #expect(task.evaluationSets[0].examples.count == 14)
        let trained = Set(task.training.map(\.ids))
        #expect(task.evaluationSets[0].examples.allSatisfy { !trained.contains($0.ids) })
        let record = try #require(task.splitFile)
        #expect(record.name == "split.json")
        let split = try #require(
            try JSONSerialization.jsonObject(with: Data(record.text.utf8)) as? [String: Any])
        #expect((split["dev_rows"] as? [Int])?.count == 14)
        #expect(try open(.tokenClassification, [.test: file], labels: task.labels).training.isEmpty)
        #expect(throws: FineTuningError.self) { try open(.conll2003, [.train: file], [("tagging", "bioes")]) }
    }

    @Test func sentencesWithoutADevelopmentFolderAreHeldBack() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try write((0..<10).map { "a b\($0)\n" }.joined(), "train/seq.in")
        _ = try write((0..<10).map { "O B-s\($0)\n" }.joined(), "train/seq.out")
        _ = try write((0..<10).map { "i\($0)\n" }.joined(), "train/label")
        let train = folder.appending(path: "train")
        let task = try open(.snips, [.train: train])
        #expect(task.labels.count == 10)
        #expect(task.tokenLabels.count == 21)
        #expect(task.training.count == 5 && task.evaluationSets[0].examples.count == 5)
        _ = try write("O\n", "train/seq.out")
        #expect(
            throws: FineTuningError.invalidData(
                file: "seq.out", line: 2, field: nil, expected: "10 lines as in 'seq.in'", found: "1")
        ) { try open(.snips, [.train: train]) }
        try FileManager.default.removeItem(at: train.appending(path: "label"))
        #expect(throws: FineTuningError.self) { try open(.snips, [.train: train]) }
    }
}
