package import Messages
package import Tasks
package import Tensors

/// A model as the loop uses it: text to ids, ids to vectors.
///
/// Two functions, so that the loop can be tested with arithmetic that needs no model.
package struct ServedModel: Sendable {
    /// Tokens of a row at most, special ones included.
    package let maxTokens: Int
    /// Tokenizes texts, on the thread that prepares; fails where the model cannot do what the options ask.
    package let prepare: @Sendable ([Text], EmbeddingOptions) throws(ServiceError) -> PreparedRows
    /// Computes a micro-batch on a lane: little-endian bytes, a vector for each row, or for each token of each row.
    package let embed: @Sendable (MicroBatch, EmbeddingWorkspace, Team) throws(ServiceError) -> [UInt8]

    package init(
        maxTokens: Int,
        prepare: @escaping @Sendable ([Text], EmbeddingOptions) throws(ServiceError) -> PreparedRows,
        embed: @escaping @Sendable (MicroBatch, EmbeddingWorkspace, Team) throws(ServiceError) -> [UInt8]
    ) {
        self.maxTokens = maxTokens
        self.prepare = prepare
        self.embed = embed
    }
}

/// Texts after tokenization.
package struct PreparedRows: Sendable {
    package let rows: [PreparedRow]
    /// Floats of one vector.
    package let width: Int

    package init(rows: [PreparedRow], width: Int) {
        self.rows = rows
        self.width = width
    }
}

extension ServedModel {
    init(_ model: EmbeddingModel) {
        self.init(
            maxTokens: model.maximumTokens,
            prepare: { (texts, options) throws(ServiceError) in
                let plan = try model.plan(options)
                return PreparedRows(rows: texts.map { model.prepare($0, plan) }, width: plan.width)
            },
            embed: { (batch, workspace, team) throws(ServiceError) in
                model.embed(batch.sequences, try model.plan(batch.key.options), on: workspace, team: team)
            })
    }
}

extension EmbeddingModel {
    /// One text, or what is wrong with it.
    fileprivate func prepare(_ text: Text, _ plan: EmbeddingPlan) -> PreparedRow {
        do {
            let tokens = try tokenize(text.bytes, plan)
            if tokens.isEmpty { return PreparedRow(ids: tokens.ids, note: .empty) }
            if tokens.droppedTokens > 0 {
                return PreparedRow(ids: tokens.ids, note: .truncated(droppedTokens: tokens.droppedTokens))
            }
            return PreparedRow(ids: tokens.ids)
        } catch {
            return PreparedRow(ids: [], note: .rejected(error))
        }
    }
}
