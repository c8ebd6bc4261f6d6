import BERT
import Foundation
import Tasks
import TestSupport
import Testing
import Tokenization

@testable import FineTuning

@Suite struct TokenClassificationTests {
    private func file(_ text: String) throws(FineTuningError) -> TaggedFile {
        try TaggedFile(TextLines(bytes: Array(text.utf8), path: "t.conll"))
    }

    private func made(
        _ files: [(String, String)], labels: [String]? = nil, maximumLength: Int = 16
    ) throws -> TokenClassificationTask {
        try TokenClassificationTask(
            files: files.map { ($0.0, try file($0.1)) }, labels: labels,
            encoder: WordEncoder(tokenizer: try Golden.tokenizer(pieces: smallPieces), maximumLength: maximumLength),
            options: FineTuningOptions(task: .tokenClassification))
    }

    @Test(arguments: [
        ("-DOCSTART- -X- O\n\nAna NNP B-per\nlives VB O\n\n\nParis NNP B-loc\n", 7),
        ("\u{FEFF}Ana\tx y\tB-per\r\nlives\t\tO\r\n\t\r\nParis\tz\tB-loc", 4),
        ("Ana B-per\nlives O\n \nParis B-loc\n\n", 4),
    ])
    func wordsAndTagsAreReadFromAnyLayout(_ text: String, _ line: Int) throws {
        let sentences = try file(text).sentences
        #expect(sentences.map(\.words) == [["Ana", "lives"], ["Paris"]])
        #expect(sentences.map { $0.tags?.map(\.text) } == [["B-per", "O"], ["B-loc"]])
        #expect(sentences[1].line == line)
    }

    @Test(arguments: [
        ("", "t.conll: expected at least one word, found none"),
        ("a O\nb\n", "t.conll, line 2: expected 2 columns as in line 1, found 1 in 'b'"),
        ("a\tO\nb\tO\tO\n", "t.conll, line 2: expected 2 columns as in line 1, found 3 in 'b\tO\tO'"),
        ("a O\n\nb PER\n", "t.conll, line 3, field 'tag': expected O, or B-, I-, E- or S- with a type, found 'PER'"),
    ])
    func wrongFilesSayWhereAndWhy(_ text: String, _ expected: String) {
        do throws(FineTuningError) {
            _ = try file(text)
            Issue.record("no error")
        } catch {
            #expect(error.description == expected)
        }
    }

    @Test func aGivenSchemeIsHeldTo() throws {
        let file = try file("a O\nb I-x\nc I-x\n")
        try file.require(.iob1, linesPerWord: 1)
        try file.require(.detected, linesPerWord: 1)
        for (scheme, found) in [(TaggingScheme.iob2, "I-x"), (.bioes, "I-x")] {
            #expect(
                throws: FineTuningError.invalidData(
                    file: "t.conll", line: 2, field: "tag", expected: "'B-x' in the scheme \(scheme.rawValue)",
                    found: "'\(found)'")
            ) { try file.require(scheme, linesPerWord: 1) }
        }
    }

    @Test func firstPiecesCarryTheTags() throws {
        let task = try made([("train", "Ana I-per\nplaying O\nPáris. I-loc\nParis B-loc\n")])
        #expect(task.labels == ["O", "B-loc", "I-loc", "B-per", "I-per"])
        #expect(task.head == .tokens(labels: 5))
        // [CLS] ana play ##ing paris . paris [SEP]
        #expect(task.training.map(\.target) == [.tags([-1, 3, 0, -1, 1, -1, 1, -1])])
        #expect(task.training[0].types == [UInt8](repeating: 0, count: 8))
    }

    @Test func schemeWithEndsKeepsThem() throws {
        let task = try made([("train", "Ana B-per\nplaying E-per\nParis S-loc\n")])
        #expect(task.labels == ["O", "B-loc", "I-loc", "E-loc", "S-loc", "B-per", "I-per", "E-per", "S-per"])
    }

    @Test func longSentencesAreCutBetweenWordsAndLoseNothing() throws {
        let words = ["ana", "playing", "paris", "in", "xyz", "ana", "qwertyuiop", "in"]
        let text = words.map { "\($0) B-x\n" }.joined()
        let task = try made([("train", text), ("dev", text)], maximumLength: 6)
        #expect(task.training.allSatisfy { $0.tokenCount <= 6 })
        let counted = task.training.flatMap { example -> [Int32] in
            guard case .tags(let tags) = example.target else { return [] }
            return tags.filter { $0 >= 0 }
        }
        #expect(counted.count == words.count)
        #expect(task.training.map(\.droppedTokens).reduce(0, +) == 6)
        #expect(task.survey.cutRows == 1)
        let outputs = Self.perfect(task.evaluationSets[0], width: 3)
        #expect(task.evaluate(task.evaluationSets[0], outputs: outputs)["f1"] == 1)
    }

    private static func perfect(_ set: EvaluationSet, width: Int) -> [[Float]] {
        set.examples.map { example in
            guard case .tags(let tags) = example.target else { return [] }
            return tags.flatMap { tag in (0..<width).map { $0 == Int(tag) ? 4 : 0 } }
        }
    }

    @Test func wordsOfWhichNothingIsLeftAreOutside() throws {
        let text = "\u{7} B-x\nana B-x\n"
        let task = try made([("train", text), ("dev", text)])
        let evaluation = task.evaluate(task.evaluationSets[0], outputs: Self.perfect(task.evaluationSets[0], width: 3))
        #expect(evaluation["recall"] == 0.5)
        #expect(evaluation["precision"] == 1)
        #expect(evaluation["accuracy"] == 0.5)
        #expect(evaluation.labels == [LabelScore(label: "x", precision: 1, recall: 0.5, support: 2)])
        #expect(evaluation.confusion?[1] == [1, 1, 0])
    }

    @Test func typesThatWereNotTrainedAreRefusedWithTheirLine() throws {
        let known = "ana B-per\n"
        let expected = FineTuningError.invalidData(
            file: "t.conll", line: 3, field: "tag", expected: "an entity of a type that was trained on ('per')",
            found: "'loc'")
        #expect(throws: expected) { try made([("train", known), ("dev", "ana O\n\nparis I-loc\n")]) }
        #expect(throws: expected) { try made([("test", "ana O\n\nparis I-loc\n")], labels: ["O", "B-per", "I-per"]) }
        #expect(throws: FineTuningError.missingData(role: "train", task: "token-classification")) {
            try made([("dev", known)])
        }
    }

    @Test func wordsWithoutTagsArePredicted() throws {
        let task = try made([("train", "ana B-per\n"), ("test", "ana\nin\n\nparis\n")])
        let set = task.evaluationSets[0]
        #expect(set.examples.allSatisfy { $0.target == .unknown })
        let outputs = set.examples.map { example in
            (0..<example.tokenCount).flatMap { [Float]([Float($0 % 2), 0.5, 0]) }
        }
        #expect(task.evaluate(set, outputs: outputs).metrics.isEmpty)
        #expect(task.predictions(set, outputs: outputs).text == "ana\tO\nin\tB-per\n\nparis\tO\n\n")
    }

    @Test(.enabled(if: SharedData.has("ner/wnut17train.conll"), "\(SharedData.absent)"))
    func emergingEntitiesAreReadAsTheyAre() throws {
        let train = try TaggedFile(SharedData.url("ner/wnut17train.conll"))
        let dev = try TaggedFile(SharedData.url("ner/emerging.dev.conll"))
        let test = try TaggedFile(SharedData.url("ner/emerging.test.annotated"))
        #expect([train, dev, test].map(\.sentences.count) == [3394, 1009, 1287])
        for file in [train, dev, test] { try file.require(.detected, linesPerWord: 1) }
        let task = try TokenClassificationTask(
            files: [("train", train), ("dev", dev), ("test", test)], labels: nil,
            encoder: WordEncoder(tokenizer: try Golden.uncasedTokenizer(), maximumLength: 128),
            options: FineTuningOptions(task: .tokenClassification))
        #expect(task.labels.count == 13)
        #expect(task.survey.labels.map(\.rows) == [221, 140, 264, 548, 660, 142])
        let outputs = Self.perfect(task.evaluationSets[1], width: 13)
        let evaluation = task.evaluate(task.evaluationSets[1], outputs: outputs)
        #expect(evaluation["f1"] ?? 0 > 0.999)
        #expect(evaluation.labels.map(\.support).reduce(0, +) == 1079)
    }
}
