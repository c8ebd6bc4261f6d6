import Tensors

/// What one layer keeps of its forward pass for its backward.
final class LayerMemory {
    /// `[tokens, 3 * hidden]`: queries, keys and values side by side; `[tokens, hidden]`: what the heads gathered.
    let projections = Matrix()
    let context = Matrix()
    /// `[heads, 2 * tokens]`: the softmax of each query, as two numbers.
    let softmax = Matrix()
    let attentionNorm = NormalizedRows()
    /// `[tokens, hidden]`: the hidden state between the two blocks.
    let middle = Matrix()
    /// `[tokens, intermediate]`, before the activation.
    let intermediate = Matrix()
    let outputNorm = NormalizedRows()

    var byteCount: Int {
        [projections, context, softmax, middle, intermediate].reduce(0) { $0 + $1.byteCount } + attentionNorm.byteCount
            + outputNorm.byteCount
    }

    func fit(tokens: Int, _ configuration: BERTConfiguration) {
        projections.resize(rows: tokens, columns: 3 * configuration.hiddenSize)
        context.resize(rows: tokens, columns: configuration.hiddenSize)
        softmax.resize(rows: configuration.headCount, columns: 2 * tokens)
        attentionNorm.resize(tokens: tokens, hidden: configuration.hiddenSize)
        middle.resize(rows: tokens, columns: configuration.hiddenSize)
        intermediate.resize(rows: tokens, columns: configuration.intermediateSize)
        outputNorm.resize(tokens: tokens, hidden: configuration.hiddenSize)
    }
}
