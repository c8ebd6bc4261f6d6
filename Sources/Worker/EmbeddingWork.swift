import BERT
import Messages
import Tasks
import Tensors

/// Texts to vectors.
struct EmbeddingWork: RowWork {
    private let model: EmbeddingModel
    private let plan: EmbeddingPlan

    /// - Throws: for a layer or a prompt that the model does not have
    init(_ model: EmbeddingModel, _ options: EmbeddingOptions) throws(ServiceError) {
        self.model = model
        plan = try model.plan(options)
    }

    var form: ResultForm {
        ResultForm(
            elementType: plan.resultType == .float16 ? .float16 : .float32, width: plan.width,
            isPerToken: plan.givesTokens)
    }

    func prepare(_ input: RowInput) -> PreparedRow {
        do {
            let tokens = try model.tokenize(input.text, plan)
            return PreparedRow(
                sequences: [PreparedSequence(ids: tokens.ids)],
                note: RowNote.Status(isEmpty: tokens.isEmpty, droppedTokens: tokens.droppedTokens))
        } catch {
            return .rejected(error)
        }
    }

    func compute(_ batch: MicroBatch, on workspace: LaneWorkspace, team: Team) -> [RowYield?] {
        workspace.load(batch)
        let vectors = model.embed(plan, on: workspace, team: team)
        return batch.entries.indices.map { index in
            let rows = plan.givesTokens ? workspace.batch.rows(of: index) : index..<index + 1
            return RowYield(tensor: vectors.bytes(rows: rows, as: plan.resultType == .float16 ? .float16 : .float32))
        }
    }
}

extension RowNote.Status {
    /// nil for a row that is plainly ok.
    init?(isEmpty: Bool, droppedTokens: Int) {
        if isEmpty {
            self = .empty
        } else if droppedTokens > 0 {
            self = .truncated(droppedTokens: droppedTokens)
        } else {
            return nil
        }
    }
}
