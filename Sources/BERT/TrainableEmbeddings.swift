import Tensors

/// The embedding layer in training: three tables, a normalization, a dropout.
struct TrainableEmbeddings {
    let words, positions, types: TrainableParameter
    let normalization: TrainableNormalization
    private let kernels: Kernels

    init(_ configuration: BERTConfiguration, kernels: Kernels, parameter: (String) -> TrainableParameter) {
        words = parameter("bert.embeddings.word_embeddings.weight")
        positions = parameter("bert.embeddings.position_embeddings.weight")
        types = parameter("bert.embeddings.token_type_embeddings.weight")
        normalization = TrainableNormalization(
            "bert.embeddings.LayerNorm", epsilon: configuration.layerNormEpsilon, kernels: kernels,
            parameter: parameter)
        self.kernels = kernels
    }

    var isFrozen: Bool { words.isFrozen && positions.isFrozen && types.isFrozen && normalization.isFrozen }

    /// Writes `memory.hidden[0]`. Every share ends with its rows written.
    func forward(_ pass: TrainingPass, share: Share) {
        let (memory, batch) = (pass.memory, pass.batch)
        let tables = TrainableTables(
            words: words.valueMatrix, positions: positions.valueMatrix, types: types.valueMatrix,
            norm: normalization.norm)
        kernels.embedKeeping(
            memory.embeddingNorm, tables,
            TokenRows(ids: batch.ids, positions: batch.positions, types: batch.types),
            rows: share.part(of: batch.tokenCount), dropout: pass.dropout(.embeddings), names: memory.tokens.names,
            into: memory.hidden[0])
    }

    /// From `memory.tokens.gradient`, that of the embeddings, to the tables; a token's rows are added in the batch's order.
    func backward(_ pass: TrainingPass, share: Share) {
        let (memory, batch) = (pass.memory, pass.batch)
        let tokens = memory.tokens
        kernels.drop(
            tokens.gradient, rows: share.part(of: batch.tokenCount), pass.dropout(.embeddings), names: tokens.names)
        share.wait()
        normalization.backward(memory.embeddingNorm, dropout: nil, tokens, share: share)
        share.wait()
        let columns = share.part(of: tokens.gradient.columns, multipleOf: 16)
        for (table, places) in [(words, batch.ids), (positions, batch.positions), (types, memory.typePlaces)] {
            guard !table.isFrozen else { continue }
            kernels.scatter(tokens.gradient, columns: columns, to: places, of: table.gradientMatrix)
        }
    }
}
