import BERT
import Messages
import ModelFiles
import Tensors
import Tokenization

/// Texts, or pairs of them, to labels or values.
struct ClassificationWork: RowWork {
    private let model: HeadModel
    private let decoder: LabelDecoder
    private let maximumTokens: Int

    init(_ model: HeadModel, _ options: ClassificationOptions) {
        self.model = model
        decoder = LabelDecoder(model.head)
        maximumTokens = min(options.maxTokens ?? .max, model.base.tokenLimit)
    }

    var form: ResultForm { ResultForm(width: decoder.width, labels: decoder.labels, hasOutcomes: true) }

    func prepare(_ input: RowInput) -> PreparedRow {
        do {
            let text = try input.text.validated("texts")
            let pair = try input.second?.validated("pairs")
            let encoding = try model.base.encode(text, pair: pair, maximumLength: maximumTokens)
            let layout = pair == nil ? 2 : 3
            let dropped = encoding.truncatedTokens.first + encoding.truncatedTokens.second
            return PreparedRow(
                sequences: [PreparedSequence(encoding)],
                note: RowNote.Status(isEmpty: encoding.ids.count <= layout && dropped == 0, droppedTokens: dropped))
        } catch {
            return .rejected(error)
        }
    }

    func compute(_ batch: MicroBatch, on workspace: LaneWorkspace, team: Team) -> [RowYield?] {
        guard let scores = model.score(batch, on: workspace, team: team).sequence else {
            preconditionFailure("a head that gives no label was asked for one")
        }
        return batch.entries.indices.map { decoder.yield(of: scores.values(rows: $0..<$0 + 1)) }
    }
}
