import BERT
import Foundation
import Tasks
import TestSupport
import Testing
import Tokenization

@testable import FineTuning

@Suite struct IntentSlotsTests {
    private func lines(_ text: String, _ path: String) throws(FineTuningError) -> TextLines {
        try TextLines(bytes: Array(text.utf8), path: path)
    }

    private func folder(_ words: String, _ tags: String?, _ intents: String?) throws(FineTuningError) -> IntentFolder {
        try IntentFolder(
            words: lines(words, "seq.in"),
            tags: tags.map { text throws(FineTuningError) in try lines(text, "seq.out") },
            intents: intents.map { text throws(FineTuningError) in try lines(text, "label") })
    }

    private func made(_ folders: [(DataRole, IntentFolder)], maximumLength: Int = 16) throws -> IntentSlotsTask {
        try IntentSlotsTask(
            folders: folders.map { ($0.0, $0.0.rawValue, $0.1) }, labels: nil,
            encoder: WordEncoder(tokenizer: try Golden.tokenizer(pieces: smallPieces), maximumLength: maximumLength),
            options: FineTuningOptions(task: .intentSlots))
    }

    @Test(arguments: [
        ("a b\n", "O\n", "x\n", "seq.out, line 1, field 'tags': expected 2 tags, one a word, found 1"),
        ("a\nb\n", "O\n", "x\ny\n", "seq.out, line 2: expected 2 lines as in 'seq.in', found 1"),
        ("a\n", "O\n", "x\ny\n", "label, line 2: expected 1 lines as in 'seq.in', found 2"),
        ("a\n\n", "O\n\n", "x\ny\n", "seq.in, line 2: expected at least one word, found none"),
        ("a\n", "Z\n", "x\n", "seq.out, line 1, field 'tags': expected O, or B-, I-, E- or S- with a type, found 'Z'"),
        ("a\n", "O\n", " \n", "label, line 1, field 'label': expected an intent, found none"),
        ("", "", "", "seq.in: expected at least one sentence, found none"),
    ])
    func filesThatDoNotFitSayWhere(_ words: String, _ tags: String, _ intents: String, _ expected: String) {
        do throws(FineTuningError) {
            _ = try folder(words, tags, intents)
            Issue.record("no error")
        } catch {
            #expect(error.description == expected)
        }
    }

    @Test func intentAndSlotsAreJudgedApartAndTogether() throws {
        let train = try folder("ana playing\nparis \n", "B-who O\nB-where\n", "play\nfind\n")
        let task = try made([(.train, train), (.dev, train)])
        #expect(task.labels == ["find", "play"])
        #expect(task.tokenLabels == ["O", "B-where", "I-where", "B-who", "I-who"])
        #expect(task.head == .joint(sequenceLabels: 2, tokenLabels: 5))
        #expect(
            task.training.map(\.target) == [
                .joint(label: 1, tags: [-1, 3, 0, -1, -1]), .joint(label: 0, tags: [-1, 1, -1]),
            ])
        func outputs(_ intents: [Int], _ rows: [[Int]]) -> [[Float]] {
            zip(intents, rows).map { intent, rows in
                (0..<2).map { $0 == intent ? 3 : 0 } + rows.flatMap { row in (0..<5).map { $0 == row ? 3 : 0 } }
            }
        }
        let set = task.evaluationSets[0]
        let perfect = task.evaluate(set, outputs: outputs([1, 0], [[0, 3, 0, 0, 0], [0, 1, 0]]))
        for name in ["slot_f1", "slot_precision", "slot_recall", "intent_accuracy", "sentence_accuracy"] {
            #expect(perfect[name] == 1, "\(name)")
        }
        let partly = outputs([0, 0], [[0, 3, 0, 0, 0], [0, 3, 0]])
        let evaluation = task.evaluate(set, outputs: partly)
        #expect(evaluation["slot_f1"] == 0.5)
        #expect(evaluation["intent_accuracy"] == 0.5)
        #expect(evaluation["sentence_accuracy"] == 0)
        #expect(evaluation.confusion == [[1, 0], [1, 0]])
        #expect(evaluation.labels[0] == LabelScore(label: "find", precision: 0.5, recall: 1, support: 1))
        #expect(task.predictions(set, outputs: partly).text == "find\tB-who O\nfind\tB-who\n")
    }

    @Test func unknownIntentsAreRefusedInDevelopmentAndMissedInTest() throws {
        let train = try folder("ana\n", "B-who\n", "play\n")
        let other = try folder("ana\nana\n", "B-who\nB-what\n", "play\nstop\n")
        #expect(
            throws: FineTuningError.invalidData(
                file: "seq.out", line: 2, field: "tag", expected: "an entity of a type that was trained on ('who')",
                found: "'what'")
        ) { try made([(.train, train), (.dev, other)]) }
        let intents = try folder("ana\nana\n", "B-who\nO\n", "play\nstop\n")
        #expect(
            throws: FineTuningError.invalidData(
                file: "label", line: 2, field: "label", expected: "an intent that was trained on ('play')",
                found: "'stop'")
        ) { try made([(.train, train), (.dev, intents)]) }
        let task = try made([(.train, train), (.test, other)])
        let outputs = task.evaluationSets[0].examples.map { example in
            [Float(1)] + (0..<example.tokenCount).flatMap { _ in [0, 1, 0] as [Float] }
        }
        let evaluation = task.evaluate(task.evaluationSets[0], outputs: outputs)
        #expect(evaluation["intent_accuracy"] == 0.5)
        #expect(evaluation["slot_f1"] == 0.5)
        #expect(evaluation["sentence_accuracy"] == 0.5)
    }

    @Test func longSentencesLoseTheirEndAndSaySo() throws {
        let train = try folder("ana in paris in ana\n", "B-who O B-where O B-who\n", "play\n")
        let task = try made([(.train, train), (.dev, train)], maximumLength: 5)
        #expect(task.training[0].tokenCount == 5)
        #expect(task.training[0].droppedTokens == 2)
        #expect(task.survey.cutRows == 1)
        let outputs: [[Float]] = [[1] + [0, 3, 0, 1, 0].flatMap { row in (0..<5).map { $0 == row ? 3 : 0 } }]
        #expect(task.evaluate(task.evaluationSets[0], outputs: outputs)["slot_recall"] == 2.0 / 3)
    }

    @Test func sentencesAloneArePredicted() throws {
        let train = try folder("ana\n", "B-who\n", "play\n")
        let task = try made([(.train, train), (.test, try folder("ana\nin\n", nil, nil))])
        let outputs = task.evaluationSets[0].examples.map { [Float](repeating: 0, count: 1 + 3 * $0.tokenCount) }
        #expect(task.evaluate(task.evaluationSets[0], outputs: outputs).metrics.isEmpty)
        #expect(task.predictions(task.evaluationSets[0], outputs: outputs).text == "play\tO\nplay\tO\n")
    }

    @Test(.enabled(if: testsAll && SharedData.has("intent/snips/train/seq.in"), "\(SharedData.absent)"))
    func snipsIsReadAsItIs() throws {
        let folders = try [DataRole.train, .dev, .test].map { role in
            let name = role == .dev ? "valid" : role.rawValue
            return (role, try IntentFolder(SharedData.url("intent/snips/\(name)"), requiresLabels: true))
        }
        #expect(folders.map(\.1.sentences.count) == [13_084, 700, 700])
        let task = try IntentSlotsTask(
            folders: folders.map { ($0.0, $0.0.rawValue, $0.1) }, labels: nil,
            encoder: WordEncoder(tokenizer: try Golden.uncasedTokenizer(), maximumLength: 128),
            options: FineTuningOptions(task: .snips))
        #expect(task.labels.count == 7)
        #expect(task.tokenLabels.count == 79)
        #expect(task.training.allSatisfy { $0.target != .unknown && $0.droppedTokens == 0 })
    }
}
