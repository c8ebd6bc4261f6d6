import Tensors

/// The memory of a forward and a backward pass, kept from one micro-batch to the next.
///
/// It grows to the largest micro-batch it has seen, after which a step needs no more of it.
final class TrainingMemory {
    /// Sums over tokens are taken over this many examples of the step at a time.
    static let sliceExamples = 4

    let layers: [LayerMemory]
    let embeddingNorm = NormalizedRows()
    /// `[tokens, hidden]`: the embeddings, and the hidden state after each layer.
    let hidden: [Matrix]
    let head = HeadMemory()

    /// `[tokens, intermediate]`: an activation, made again in backward, and the gradient of what it was made from.
    let activation = Matrix()
    let dIntermediate = Matrix()
    /// `[tokens, hidden]`: the gradient of the hidden state on its way down, and that of the block beside it.
    let gradient = Matrix()
    let branch = Matrix()
    let dContext = Matrix()
    /// `[tokens, 3 * hidden]`
    let dProjections = Matrix()
    let packedHidden, packedIntermediate: PackedColumns
    private let scratch = Matrix()

    /// Where the rows of each token and of each example are cut, and what names them in the step.
    private(set) var slices: [Range<Int>] = []
    private(set) var exampleSlices: [Range<Int>] = []
    private(set) var names: [UInt64] = []
    private(set) var exampleNames: [UInt64] = []
    private(set) var typePlaces: [Int32] = []

    init(_ configuration: BERTConfiguration, kernels: Kernels) {
        layers = (0..<configuration.layerCount).map { _ in LayerMemory() }
        hidden = (0...configuration.layerCount).map { _ in Matrix() }
        packedHidden = PackedColumns(kernels: kernels)
        packedIntermediate = PackedColumns(kernels: kernels)
    }

    var byteCount: Int {
        let matrices = hidden + [activation, dIntermediate, gradient, branch, dContext, dProjections, scratch]
        return matrices.reduce(0) { $0 + $1.byteCount } + layers.reduce(0) { $0 + $1.byteCount }
            + embeddingNorm.byteCount + head.byteCount + packedHidden.byteCount + packedIntermediate.byteCount
    }

    func scratch(of share: Share) -> UnsafeMutablePointer<Float> {
        scratch.elements + share.index * scratch.columns
    }

    func fit(
        _ batch: PackedBatch, firstExample: Int, _ configuration: BERTConfiguration, head: Head, lanes: Int,
        kernels: Kernels
    ) {
        let tokens = batch.tokenCount
        name(batch, firstExample: firstExample)
        for layer in layers { layer.fit(tokens: tokens, configuration) }
        for matrix in hidden + [gradient, branch, dContext] {
            matrix.resize(rows: tokens, columns: configuration.hiddenSize)
        }
        embeddingNorm.resize(tokens: tokens, hidden: configuration.hiddenSize)
        activation.resize(rows: tokens, columns: configuration.intermediateSize)
        dIntermediate.resize(rows: tokens, columns: configuration.intermediateSize)
        dProjections.resize(rows: tokens, columns: 3 * configuration.hiddenSize)
        packedHidden.resize(columns: configuration.hiddenSize, slices: slices)
        packedIntermediate.resize(columns: configuration.intermediateSize, slices: slices)
        self.head.fit(batch, configuration, head, exampleSlices: exampleSlices, kernels: kernels)
        let (longest, size) = (batch.longest, configuration.headSize)
        let floats = max(
            kernels.attendScratch(tokens: longest, size: size),
            kernels.attendBackwardScratch(tokens: longest, size: size), kernels.accumulateScratch)
        scratch.resize(rows: lanes, columns: floats)
    }

    private func name(_ batch: PackedBatch, firstExample: Int) {
        slices.removeAll(keepingCapacity: true)
        exampleSlices.removeAll(keepingCapacity: true)
        for first in stride(from: 0, to: batch.count, by: Self.sliceExamples) {
            let end = min(batch.count, first + Self.sliceExamples)
            exampleSlices.append(first..<end)
            slices.append(Int(batch.starts[first])..<Int(batch.starts[end]))
        }
        names.removeAll(keepingCapacity: true)
        exampleNames.removeAll(keepingCapacity: true)
        for index in 0..<batch.count {
            exampleNames.append(Dropout.name(example: firstExample + index, token: 0))
            for token in batch.rows(of: index).indices {
                let place = token - Int(batch.starts[index])
                names.append(Dropout.name(example: firstExample + index, token: place))
            }
        }
        typePlaces.removeAll(keepingCapacity: true)
        for type in batch.types { typePlaces.append(Int32(type)) }
    }
}
