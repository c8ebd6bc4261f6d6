import Tensors

/// The rows that what follows a layer's attention works on, and the memory of its backward.
///
/// They are all tokens, or in the last layer of a model that is asked about whole examples alone the first of each: what
/// becomes of the others there, nobody looks at.
final class BlockMemory {
    /// `[rows, intermediate]`: an activation, made again in backward, and the gradient of what it was made from.
    let activation = Matrix()
    let dIntermediate = Matrix()
    /// `[rows, hidden]`: the gradient of the hidden state on its way down, and that of the block beside it.
    let gradient = Matrix()
    let branch = Matrix()
    let dContext = Matrix()
    let packedHidden, packedIntermediate: PackedColumns

    /// Where the rows are cut for sums over them, and what names them in the step.
    private(set) var slices: [Range<Int>] = []
    private(set) var names: [UInt64] = []

    init(kernels: Kernels) {
        packedHidden = PackedColumns(kernels: kernels)
        packedIntermediate = PackedColumns(kernels: kernels)
    }

    var byteCount: Int {
        [activation, dIntermediate, gradient, branch, dContext].reduce(0) { $0 + $1.byteCount }
            + packedHidden.byteCount + packedIntermediate.byteCount
    }

    func fit(slices: [Range<Int>], names: [UInt64], _ configuration: BERTConfiguration) {
        (self.slices, self.names) = (slices, names)
        for matrix in [activation, dIntermediate] {
            matrix.resize(rows: names.count, columns: configuration.intermediateSize)
        }
        for matrix in [gradient, branch, dContext] {
            matrix.resize(rows: names.count, columns: configuration.hiddenSize)
        }
        packedHidden.resize(columns: configuration.hiddenSize, slices: slices)
        packedIntermediate.resize(columns: configuration.intermediateSize, slices: slices)
    }
}
