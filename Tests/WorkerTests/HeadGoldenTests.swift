import Foundation
import Messages
import Tasks
import TestSupport
import Testing

@testable import Worker

/// The tiny models of generate_heads.py, and what transformers makes of them.
struct HeadGoldenTests {
    static let folder = SharedData.repository.appending(path: "Tests/WorkerTests/heads")
    let golden: GoldenHeads

    init() throws {
        golden = try JSONDecoder().decode(
            GoldenHeads.self, from: Data(contentsOf: Self.folder.appending(path: "golden.json")))
    }

    private func bench(_ name: String) throws -> HeadBench { try HeadBench(Self.folder.appending(path: name)) }

    private func isClose(_ found: [Float], _ expected: [Float]) -> Bool {
        found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-5 }
    }

    @Test(arguments: ["sequence", "regression", "several"]) func textsAndPairsAreClassified(name: String) throws {
        let bench = try bench(name)
        let expected = try #require(golden.scores[name])
        let single = try bench.run(.classify(ClassificationOptions()), golden.texts.map { RowInput(Text($0)) })
        let double = try bench.run(
            .classify(ClassificationOptions()),
            zip(golden.texts, golden.pairs).map { RowInput(Text($0), Text($1)) })
        for (rows, expected) in [(single, expected.single), (double, expected.double)] {
            for (row, expected) in zip(rows, expected) {
                let yield = try #require(row.yield)
                #expect(isClose(HeadBench.floats(yield.tensor), expected))
                let best = try #require(expected.max())
                #expect(abs(try #require(yield.outcome?.score) - Double(best)) <= 1e-5)
                let labels = try bench.model.work(.classify(ClassificationOptions())).form.labels
                #expect(
                    yield.outcome?.label == (labels.isEmpty ? nil : labels[try #require(expected.firstIndex(of: best))])
                )
            }
        }
        #expect(single[2].row.note == .empty)
        guard case .truncated = single[3].row.note else { throw Unexpected() }
    }

    @Test func entitiesAreThoseOfTheReference() throws {
        let rows = try bench("tokens").run(.tag(TaggingOptions()), golden.tagged.map { RowInput(Text($0)) })
        for ((row, text), expected) in zip(zip(rows, golden.tagged), golden.tokens) {
            let spans = try #require(row.yield?.outcome?.spans)
            #expect(spans.map(\.label) == expected.map(\.label))
            #expect(spans.map(\.scalars) == expected.map { $0.start..<$0.end })
            #expect(isClose(spans.map { Float($0.score ?? 0) }, expected.map(\.score)))
            for span in spans {
                #expect(span.text == String(decoding: Array(text.utf8)[span.bytes], as: UTF8.self))
            }
        }
    }

    @Test func aJointModelGivesALabelAndSpans() throws {
        let bench = try bench("joint")
        let rows = try bench.run(.tag(TaggingOptions()), golden.tagged.map { RowInput(Text($0)) })
        let alone = try bench.run(.classify(ClassificationOptions()), golden.tagged.map { RowInput(Text($0)) })
        for ((row, intent), expected) in zip(zip(rows, alone), golden.joint) {
            let yield = try #require(row.yield)
            #expect(isClose(HeadBench.floats(yield.tensor), expected.probabilities))
            #expect(yield.outcome?.label == (expected.probabilities[0] > expected.probabilities[1] ? "ask" : "tell"))
            #expect(yield.outcome?.spans.isEmpty == expected.tags.allSatisfy { $0 == "O" })
            #expect(intent.yield?.tensor == yield.tensor)
        }
    }

    @Test(arguments: [1, 2, 50]) func answersAreTheBestOfAllWindows(size: Int) throws {
        var options = AnswerOptions()
        (options.stride, options.maxAnswerTokens, options.nBest) = (golden.stride, golden.answerTokens, 2)
        let rows = try bench("span").run(
            .answer(options), golden.questions.map { RowInput(Text($0.question), Text($0.context)) }, size: size)
        for ((row, question), expected) in zip(zip(rows, golden.questions), golden.span) {
            let spans = try #require(row.yield?.outcome?.spans)
            #expect(spans.count == 2 && spans[0].scalars == expected.start..<expected.end)
            #expect(row.row.sequences.count == expected.windows)
            #expect(spans[0].text == String(decoding: Array(question.context.utf8)[spans[0].bytes], as: UTF8.self))
            #expect(row.row.note == RowNote.Status(isEmpty: false, droppedTokens: expected.dropped))
            #expect((spans[0].score ?? 0) > (spans[1].score ?? 1))
        }
    }

    @Test func noAnswerIsFirstWhereItIsAllowedAndScoresBetter() throws {
        var options = AnswerOptions()
        let question = [RowInput("where is ann?", "Ann is in Rome.")]
        options.nullThreshold = -1e6
        let none = try bench("span").run(.answer(options), question)
        #expect(none[0].yield?.outcome?.spans.map(\.text) == [""])
        options.nullThreshold = 1e6
        let some = try bench("span").run(.answer(options), question)
        #expect(some[0].yield?.outcome?.spans.first?.text.isEmpty == false)
    }

    @Test(arguments: ["sequence", "tokens", "span", "joint"]) func anyHeadStillEmbeds(name: String) throws {
        let rows = try bench(name).run(.embed(try .init()), [RowInput("the river")])
        #expect(rows[0].yield?.tensor.count == 8 * 4)
    }

    @Test(arguments: [
        ("sequence", WorkOptions.tag(TaggingOptions()), "BertForSequenceClassification"),
        ("tokens", .classify(ClassificationOptions()), "BertForTokenClassification"),
        ("span", .classify(ClassificationOptions()), "BertForQuestionAnswering"),
        ("joint", .answer(AnswerOptions()), "BertForIntentAndSlots"),
    ])
    func aModelWithoutTheHeadSaysWhichItHas(name: String, options: WorkOptions, head: String) throws {
        let bench = try bench(name)
        let error = #expect(throws: ServiceError.self) { _ = try bench.model.work(options) }
        #expect(error?.code == .invalid && error?.field == "model" && error?.message.contains(head) == true)
    }

    @Test func anEncoderAloneSaysSo() throws {
        let bench = try HeadBench(EmbeddingModelTests.folder.appending(path: "model"))
        let error = #expect(throws: ServiceError.self) { _ = try bench.model.work(.tag(TaggingOptions())) }
        #expect(error?.message.contains("an encoder without a head") == true)
    }

    @Test(arguments: [
        (#""id2label": {"0": "bad","#, #""id2label": {"9": "new", "0": "bad","#, ErrorCode.damaged, "id2label"),
        (#""hidden_size": 8"#, #""hidden_size": 4"#, .damaged, "has shape"),
    ])
    func aHeadThatDoesNotFitIsNamed(old: String, new: String, code: ErrorCode, sentence: String) throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "heads-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(at: Self.folder.appending(path: "sequence"), to: copy)
        let file = copy.appending(path: "config.json")
        let text = try String(contentsOf: file, encoding: .utf8).replacing(/\s+/, with: " ")
            .replacing("{ ", with: "{")
        #expect(text.contains(old))
        try text.replacing(old, with: new).write(to: file, atomically: false, encoding: .utf8)
        let error = #expect(throws: ServiceError.self) { _ = try HeadBench(copy) }
        #expect(error?.code == code && error?.message.contains(sentence) == true, "\(String(describing: error))")
    }

    @Test(arguments: [[0xFF], [0x61, 0xC3]] as [[UInt8]]) func aRowThatIsNotUTF8IsRejectedAlone(bytes: [UInt8]) throws {
        let bad = Text(bytes: bytes)
        let pair = try bench("sequence").run(
            .classify(ClassificationOptions()), [RowInput("a", bad), RowInput("a", "b")])
        guard case .rejected(let error) = pair[0].row.note else { throw Unexpected() }
        #expect(error.field == "pairs" && pair[0].yield == nil && pair[1].yield != nil)
        let question = try bench("span").run(.answer(AnswerOptions()), [RowInput("a", bad), RowInput(bad, "a")])
        let fields = question.map { row -> String? in
            if case .rejected(let error) = row.row.note { error.field } else { nil }
        }
        #expect(fields == ["questions.context", "questions.question"])
    }
}

private struct Unexpected: Error {}

/// What generate_heads.py writes.
struct GoldenHeads: Decodable {
    struct Scores: Decodable {
        let single, double: [[Float]]
    }
    struct Entity: Decodable {
        let label: String
        let start, end: Int
        let score: Float
    }
    struct Joint: Decodable {
        let probabilities: [Float]
        let tags: [String]
    }
    struct Question: Decodable {
        let question, context: String
    }
    struct Answer: Decodable {
        let start, end, windows, dropped: Int
    }

    let texts, pairs, tagged: [String]
    let questions: [Question]
    let stride, answerTokens: Int
    let sequence, regression, several: Scores
    let tokens: [[Entity]]
    let joint: [Joint]
    let span: [Answer]

    var scores: [String: Scores] { ["sequence": sequence, "regression": regression, "several": several] }
}
