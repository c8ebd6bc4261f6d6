import Tensors

/// What one layer keeps of its forward pass for its backward.
final class LayerMemory {
    /// `[tokens, 3 * hidden]`: queries, keys and values side by side; `[tokens, hidden]`: what the heads gathered.
    let projections = Matrix()
    let context = Matrix()
    /// `[examples, hidden]`, in a last layer of which no more is wanted: the first rows of its input and of the context.
    let firstInput = Matrix()
    let firstContext = Matrix()
    /// `[heads, 2 * tokens]`: the softmax of each query, as two numbers.
    let softmax = Matrix()
    let attentionNorm = NormalizedRows()
    /// `[rows, hidden]`: the hidden state between the two blocks.
    let middle = Matrix()
    /// `[rows, intermediate]`, before the activation.
    let intermediate = Matrix()
    let outputNorm = NormalizedRows()

    var byteCount: Int {
        [projections, context, firstInput, firstContext, softmax, middle, intermediate].reduce(0) { $0 + $1.byteCount }
            + attentionNorm.byteCount
            + outputNorm.byteCount
    }

    /// - Parameter rows: after attention
    func fit(tokens: Int, rows: Int, _ configuration: BERTConfiguration) {
        projections.resize(rows: tokens, columns: 3 * configuration.hiddenSize)
        context.resize(rows: tokens, columns: configuration.hiddenSize)
        softmax.resize(rows: configuration.headCount, columns: 2 * tokens)
        if rows < tokens {
            for matrix in [firstInput, firstContext] { matrix.resize(rows: rows, columns: configuration.hiddenSize) }
        }
        attentionNorm.resize(tokens: rows, hidden: configuration.hiddenSize)
        middle.resize(rows: rows, columns: configuration.hiddenSize)
        intermediate.resize(rows: rows, columns: configuration.intermediateSize)
        outputNorm.resize(tokens: rows, hidden: configuration.hiddenSize)
    }
}
