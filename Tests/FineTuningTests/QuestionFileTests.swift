import Foundation
import Testing

@testable import FineTuning

@Suite struct QuestionFileTests {
    private func read(_ text: String) throws(FineTuningError) -> QuestionFile {
        try QuestionFile(bytes: Array(text.utf8), path: "q.json")
    }

    private func message(_ text: String) -> String {
        do throws(FineTuningError) {
            let file = try read(text)
            try file.requireAnswers(isPartlyKnown: false, hasImpossible: false)
            return "no error"
        } catch {
            return error.description
        }
    }

    private func about(_ question: String) -> String {
        #"{"data": [{"paragraphs": [{"context": "Caf\u00e9 Rio", "qas": [\#(question)]}]}]}"#
    }

    @Test func characterOffsetsCountScalars() throws {
        let file = try read(
            about(#"{"id": "a", "question": "Where?", "answers": [{"text": "Rio", "answer_start": 5}]}"#))
        #expect(file.questions[0].answers == [.init(text: "Rio", bytes: 6..<9)])
        #expect(try read("\u{FEFF}" + about(#"{"id": "a", "question": "Where?"}"#)).questions[0].answers == nil)
    }

    @Test(arguments: [
        (#"{"data": ["#, "line 1: expected JSON, found the end of the file at column 11 (byte 10)"),
        ("{\"data\":\n[{]}", "line 2: expected JSON, found ']}' at column 3 (byte 11)"),
        ("[]", "field 'data': expected a list, found nothing"),
        (#"{"data": []}"#, "field 'data': expected at least one question, found none"),
        (#"{"data": [{"paragraphs": [{"qas": []}]}]}"#, "field 'data[0].paragraphs[0].context': expected a string"),
    ])
    func wrongFilesSayWhereAndWhy(_ text: String, _ expected: String) {
        #expect(message(text).hasPrefix("q.json, " + expected), "\(message(text))")
    }

    @Test(arguments: [
        (
            #"{"id": "a", "question": "?", "answers": [{"text": "Rio", "answer_start": 4}]}"#,
            "(question 'a').answers[0].answer_start': expected the answer 'Rio' at character 4 of the context, found ' Ri'"
        ),
        (
            #"{"id": "a", "question": "?", "answers": [{"text": "Rio", "answer_start": 800}]}"#,
            "found the context's end at character 8"
        ),
        (
            #"{"id": "a", "question": "?", "answers": [{"text": "Rio", "answer_start": -1}]}"#,
            "expected a character's number from 0, found -1"
        ),
        (
            #"{"id": "a", "question": "?", "answers": [{"text": "", "answer_start": 0}]}"#,
            "(question 'a').answers[0].text': expected an answer, found an empty text"
        ),
        (#"{"id": "a", "answers": []}"#, "(question 'a').question': expected a string, found nothing"),
        (#"{"question": "?"}"#, "qas[0].id': expected a string, found nothing"),
        (#"{"id": "a", "question": "?"}"#, "field 'answers (question 'a')': expected an answer, found nothing"),
        (#"{"id": "a", "question": "?", "answers": []}"#, "found none, which only SQuAD 2.0 has"),
        (
            #"{"id": "a", "question": "?"}, {"id": "a", "question": "?"}"#,
            "expected an id that no other question has, found 'a' again"
        ),
    ])
    func wrongQuestionsAreNamed(_ question: String, _ expected: String) {
        let message = message(about(question))
        #expect(message.hasPrefix("q.json, ") && message.contains(expected), "\(message)")
    }

    @Test func bytesThatAreNoTextAreFoundByLine() {
        let bytes = Array("{\"data\":\n\"".utf8) + [0xFF] + Array("\"}".utf8)
        #expect(
            throws: FineTuningError.invalidData(
                file: "q.json", line: 2, field: nil, expected: "UTF-8", found: "other bytes")
        ) {
            try QuestionFile(bytes: bytes, path: "q.json")
        }
    }

    @Test func everyCutOfAFileIsRefused() throws {
        let text = about(#"{"id": "a", "question": "Where?", "answers": [{"text": "Rio", "answer_start": 5}]}"#)
        for length in 0..<text.utf8.count {
            #expect(throws: FineTuningError.self) {
                try QuestionFile(bytes: Array(text.utf8.prefix(length)), path: "q.json")
            }
        }
    }

    @Test func stringsAreWrittenAsJSON() throws {
        let text = "a\"b\\c\n\t\r\u{1}\u{1F}é灯\u{1F600}"
        #expect(try JSONDecoder().decode([String].self, from: Data("[\(JSONText.quoted(text))]".utf8)) == [text])
    }
}
