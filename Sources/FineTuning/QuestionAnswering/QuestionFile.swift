package import Foundation
import Tasks
import Tokenization

/// Contexts with questions, in the form of SQuAD 1.1 and 2.0 (Rajpurkar et al. 2016, 2018).
///
///     {"data": [{"paragraphs": [{"context": "…", "qas": [
///         {"id": "…", "question": "…", "is_impossible": false, "answers": [{"text": "…", "answer_start": 177}]}]}]}]}
///
/// `answer_start` counts Unicode scalars, as Python does. Every answer must stand there, byte for byte.
package struct QuestionFile: Sendable {
    /// The file's name, as errors say it.
    package let path: String
    package let contexts: [String]
    package let questions: [Question]

    init(path: String, contexts: [String], questions: [Question]) {
        (self.path, self.contexts, self.questions) = (path, contexts, questions)
    }

    /// - Parameter path: the file's name in errors
    package init(bytes: [UInt8], path: String) throws(FineTuningError) {
        let json: JSONValue
        try TextLines.requireUTF8(bytes, path: path)
        do {
            json = try JSONReader.value(of: Array(bytes[TextLines.byteOrderMark(of: bytes)...]))
        } catch {
            throw Self.malformed(bytes, at: error.offset + TextLines.byteOrderMark(of: bytes), path: path)
        }
        var reader = QuestionFileReader(path: path)
        try reader.read(json)
        self.path = path
        contexts = reader.contexts
        questions = reader.questions
    }

    package init(_ url: URL) throws(FineTuningError) {
        try self.init(bytes: TextLines.bytes(of: url), path: url.lastPathComponent)
    }

    /// Refuses the first question of which nobody says what the answer is, and the first that has none.
    ///
    /// - Parameters:
    ///   - isPartlyKnown: whether there may be questions with neither answers nor word that there is none
    ///   - hasImpossible: whether there may be questions without an answer (SQuAD 2.0)
    func requireAnswers(isPartlyKnown: Bool, hasImpossible: Bool) throws(FineTuningError) {
        for question in questions {
            let found: String
            switch question.answers {
            case nil where !isPartlyKnown: found = "nothing"
            case let answers? where answers.isEmpty && !hasImpossible: found = "none, which only SQuAD 2.0 has"
            default: continue
            }
            throw .invalidData(
                file: path, line: nil, field: "answers (question '\(question.id)')", expected: "an answer", found: found
            )
        }
    }

    /// Parts of its questions for training and for development.
    func holdingBack(
        _ options: FineTuningOptions
    ) throws(FineTuningError) -> (training: QuestionFile, development: QuestionFile, record: PredictionsFile) {
        let held = try HeldBackGroups(
            keys: questions.map(\.context), fraction: options.devFraction, seed: options.seed, file: path)
        let parts = held.parts(of: questions)
        return (
            QuestionFile(path: path, contexts: contexts, questions: parts.training),
            QuestionFile(path: path, contexts: contexts, questions: parts.development), held.record
        )
    }

    private static func malformed(_ bytes: [UInt8], at offset: Int, path: String) -> FineTuningError {
        let before = bytes.prefix(offset)
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let column = before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1
        let rest = String(decoding: bytes[before.endIndex...].prefix(20), as: UTF8.self)
        let found = rest.isEmpty ? "the end of the file" : "'\(rest)'"
        return .invalidData(
            file: path, line: line, field: nil, expected: "JSON", found: "\(found) at column \(column) (byte \(offset))"
        )
    }
}
