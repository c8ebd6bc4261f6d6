import BERT
import FineTuning
import Messages
import ModelFiles
import Tasks
import Tensors

/// Questions to spans of the texts that they are asked of; a long text is read in windows, each a sequence of its own.
struct AnsweringWork: RowWork {
    /// Tokens that a window must have room for: the layout's, and something of question and context.
    static let leastTokens = 8

    private let model: HeadModel
    private let encoder: QuestionEncoder
    private let decoder: AnswerDecoder
    private let nBest: Int

    /// - Throws: for a model that takes fewer tokens than `leastTokens`
    init(_ model: HeadModel, _ options: AnswerOptions) throws(ServiceError) {
        self.model = model
        let window = min(options.maxTokens ?? model.trained?.maxLength ?? .max, model.base.tokenLimit)
        guard window >= Self.leastTokens else {
            throw ServiceError(
                .invalid, "the model takes \(window) tokens, expected at least \(Self.leastTokens) for a question",
                field: "model")
        }
        let room = window - QuestionEncoder.layoutTokens
        let question = min(Self.questionTokens, room / 2)
        encoder = QuestionEncoder(
            tokenizer: model.base.tokenizer, maximumLength: window, stride: options.stride,
            maximumQueryTokens: question)
        nBest = options.nBest
        decoder = AnswerDecoder(
            nBest: max(nBest, Self.ranked), maximumAnswerTokens: options.maxAnswerTokens,
            allowsNoAnswer: options.nullThreshold != nil || model.trained?.version2 == true,
            nullThreshold: Float(options.nullThreshold ?? model.trained?.nullThreshold ?? 0))
    }

    var form: ResultForm { ResultForm(width: 0, hasOutcomes: true) }

    func prepare(_ input: RowInput) -> PreparedRow {
        do {
            let question = try input.text.validated("questions.question")
            let context = try (input.second ?? "").validated("questions.context")
            let encoded = encoder.encode(question: question, context: encoder.encode(context: context))
            let sequences = encoded.windows.indices.map { window in
                PreparedSequence(ids: encoded.ids(ofWindow: window), types: encoded.types(ofWindow: window))
            }
            for sequence in sequences { try model.base.check(sequence.ids) }
            let isEmpty = question.allSatisfy(\.isWhitespace) || context.allSatisfy(\.isWhitespace)
            return PreparedRow(
                sequences: sequences, note: RowNote.Status(isEmpty: isEmpty, droppedTokens: encoded.droppedTokens),
                source: .question(encoded, Gathering(count: sequences.count)))
        } catch {
            return .rejected(error)
        }
    }

    func compute(_ batch: MicroBatch, on workspace: LaneWorkspace, team: Team) -> [RowYield?] {
        let scores = model.score(batch, on: workspace, team: team)
        return batch.entries.enumerated().map { index, entry in
            guard case .question(let question, let gathering) = entry.row.source, let tokens = scores.tokens else {
                preconditionFailure("a row without its question, or a head without spans, was asked for answers")
            }
            let logits = tokens.values(rows: workspace.batch.rows(of: index))
            guard let all = gathering.put(logits, at: entry.place.sequence) else { return nil }
            let answers = decoder.answers(to: question, logits: all)
            return RowYield(outcome: RowOutcome(spans: answers.prefix(nBest).map { Span($0) }))
        }
    }

    /// As many as the reference program leaves of a question.
    private static let questionTokens = 64
    /// Answers that share the probability, however few are asked for; the reference program's n_best.
    private static let ranked = 20
}

extension Span {
    fileprivate init(_ answer: Answer) {
        self.init(
            label: nil, text: answer.text, scalars: answer.place.scalars, bytes: answer.place.bytes,
            score: Double(answer.probability))
    }
}
