import Tensors

/// What a head keeps of its forward pass for its backward.
final class HeadMemory {
    /// `[examples, hidden]`: the first token's vector, the pooler before its tanh, and what the classifier sees of it.
    let first = Matrix()
    let pooler = Matrix()
    let pooled = Matrix()
    let dPooled = Matrix()
    let dFirst = Matrix()
    /// `[tokens, hidden]`: what the classifier of tokens sees.
    let dropped = Matrix()
    /// `[examples, labels]` and `[tokens, labels]`
    let sequenceLogits = Matrix()
    let tokenLogits = Matrix()
    let dSequenceLogits = Matrix()
    let dTokenLogits = Matrix()
    private(set) var packed: PackedColumns?

    var byteCount: Int {
        [
            first, pooler, pooled, dPooled, dFirst, dropped, sequenceLogits, tokenLogits, dSequenceLogits, dTokenLogits,
        ].reduce(packed?.byteCount ?? 0) { $0 + $1.byteCount }
    }

    func fit(
        _ batch: PackedBatch, _ configuration: BERTConfiguration, _ head: Head, exampleSlices: [Range<Int>],
        kernels: Kernels
    ) {
        if let map = head.sequenceMap {
            for matrix in [first, pooler, pooled, dPooled, dFirst] {
                matrix.resize(rows: batch.count, columns: configuration.hiddenSize)
            }
            for matrix in [sequenceLogits, dSequenceLogits] { matrix.resize(rows: batch.count, columns: map.outputs) }
            let packed = packed ?? PackedColumns(kernels: kernels)
            packed.resize(columns: configuration.hiddenSize, slices: exampleSlices)
            self.packed = packed
        }
        if let map = head.tokenMap {
            dropped.resize(rows: batch.tokenCount, columns: configuration.hiddenSize)
            for matrix in [tokenLogits, dTokenLogits] { matrix.resize(rows: batch.tokenCount, columns: map.outputs) }
        }
    }
}
