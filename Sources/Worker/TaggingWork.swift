import BERT
import FineTuning
import Messages
import ModelFiles
import Tensors
import Tokenization

/// Texts to the spans that a head on tokens finds in them; a joint head gives a label of each text beside.
struct TaggingWork: RowWork {
    private let model: HeadModel
    private let entities: EntityDecoder
    /// Of a joint head.
    private let labels: LabelDecoder?
    private let maximumTokens: Int

    init(_ model: HeadModel, _ options: TaggingOptions) {
        self.model = model
        let isJoint = model.head.kind == .joint
        entities = EntityDecoder(labels: isJoint ? model.head.slotLabels : model.head.labels)
        labels = isJoint ? LabelDecoder(model.head) : nil
        maximumTokens = min(options.maxTokens ?? .max, model.base.tokenLimit)
    }

    var form: ResultForm {
        ResultForm(width: labels?.width ?? 0, labels: labels?.labels ?? [], hasOutcomes: true)
    }

    func prepare(_ input: RowInput) -> PreparedRow {
        do {
            let text = try input.text.validated("texts")
            let encoding = try model.base.encode(text, maximumLength: maximumTokens, keepsPlaces: true)
            let dropped = encoding.truncatedTokens.first
            return PreparedRow(
                sequences: [PreparedSequence(ids: encoding.ids)],
                note: RowNote.Status(isEmpty: encoding.ids.count <= 2 && dropped == 0, droppedTokens: dropped),
                source: .text(text, encoding))
        } catch {
            return .rejected(error)
        }
    }

    func compute(_ batch: MicroBatch, on workspace: LaneWorkspace, team: Team) -> [RowYield?] {
        let scores = model.score(batch, on: workspace, team: team)
        return batch.entries.enumerated().map { index, entry in
            guard case .text(let text, let encoding) = entry.row.source, let tokens = scores.tokens else {
                preconditionFailure("a row without its text, or a head without tokens, was asked for tags")
            }
            let logits = tokens.values(rows: workspace.batch.rows(of: index))
            let spans = entities.entities(in: text, encoding: encoding, logits: logits).map { Span($0) }
            guard let labels, let sequence = scores.sequence else {
                return RowYield(outcome: RowOutcome(spans: spans))
            }
            let yield = labels.yield(of: sequence.values(rows: index..<index + 1))
            return RowYield(
                tensor: yield.tensor,
                outcome: RowOutcome(label: yield.outcome?.label, score: yield.outcome?.score, spans: spans))
        }
    }
}

extension Span {
    fileprivate init(_ entity: Entity) {
        self.init(
            label: entity.label, text: entity.text, scalars: entity.place.scalars, bytes: entity.place.bytes,
            score: Double(entity.score))
    }
}
