import Tensors

/// The memory of a forward and a backward pass, kept from one micro-batch to the next.
///
/// It grows to the largest micro-batch it has seen, after which a step needs no more of it.
final class TrainingMemory {
    /// Sums over tokens are taken over this many examples of the step at a time.
    static let sliceExamples = 4

    let layers: [LayerMemory]
    let embeddingNorm = NormalizedRows()
    /// `[tokens, hidden]`: the embeddings, and the hidden state after each layer; the last is `[examples, hidden]` where
    /// the first token of each example is all that is asked for.
    let hidden: [Matrix]
    let head = HeadMemory()

    /// Of every token, and of the first token of every example.
    let tokens, examples: BlockMemory
    /// `[tokens, 3 * hidden]`
    let dProjections = Matrix()
    private let scratch = Matrix()
    private(set) var typePlaces: [Int32] = []
    private let wantsTokens: Bool

    init(_ configuration: BERTConfiguration, head: Head, kernels: Kernels) {
        wantsTokens = head.tokenMap != nil
        layers = (0..<configuration.layerCount).map { _ in LayerMemory() }
        hidden = (0...configuration.layerCount).map { _ in Matrix() }
        tokens = BlockMemory(kernels: kernels)
        examples = BlockMemory(kernels: kernels)
    }

    /// What the last layer leaves behind its attention.
    var last: BlockMemory { wantsTokens ? tokens : examples }

    var byteCount: Int {
        (hidden + [dProjections, scratch]).reduce(0) { $0 + $1.byteCount } + layers.reduce(0) { $0 + $1.byteCount }
            + embeddingNorm.byteCount + head.byteCount + tokens.byteCount + examples.byteCount
    }

    func scratch(of share: Share) -> UnsafeMutablePointer<Float> {
        scratch.elements + share.index * scratch.columns
    }

    func fit(
        _ batch: PackedBatch, firstExample: Int, _ configuration: BERTConfiguration, head: Head, lanes: Int,
        kernels: Kernels
    ) {
        let count = batch.tokenCount
        fitBlocks(batch, firstExample: firstExample, configuration)
        for (index, layer) in layers.enumerated() {
            let rows = index == layers.count - 1 ? last.names.count : count
            layer.fit(tokens: count, rows: rows, configuration)
        }
        for (index, matrix) in hidden.enumerated() {
            let rows = index == layers.count ? last.names.count : count
            matrix.resize(rows: rows, columns: configuration.hiddenSize)
        }
        embeddingNorm.resize(tokens: count, hidden: configuration.hiddenSize)
        dProjections.resize(rows: count, columns: 3 * configuration.hiddenSize)
        self.head.fit(batch, configuration, head, exampleSlices: examples.slices, kernels: kernels)
        let (longest, size) = (batch.longest, configuration.headSize)
        let floats = max(
            kernels.attendScratch(tokens: longest, size: size),
            kernels.attendBackwardScratch(tokens: longest, size: size), kernels.accumulateScratch)
        scratch.resize(rows: lanes, columns: floats)
    }

    private func fitBlocks(_ batch: PackedBatch, firstExample: Int, _ configuration: BERTConfiguration) {
        var slices: [Range<Int>] = []
        var exampleSlices: [Range<Int>] = []
        for first in stride(from: 0, to: batch.count, by: Self.sliceExamples) {
            let end = min(batch.count, first + Self.sliceExamples)
            exampleSlices.append(first..<end)
            slices.append(Int(batch.starts[first])..<Int(batch.starts[end]))
        }
        var names: [UInt64] = []
        var exampleNames: [UInt64] = []
        names.reserveCapacity(batch.tokenCount)
        for index in 0..<batch.count {
            exampleNames.append(Dropout.name(example: firstExample + index, token: 0))
            for token in batch.rows(of: index).indices {
                let place = token - Int(batch.starts[index])
                names.append(Dropout.name(example: firstExample + index, token: place))
            }
        }
        tokens.fit(slices: slices, names: names, configuration)
        examples.fit(slices: exampleSlices, names: exampleNames, configuration)
        typePlaces.removeAll(keepingCapacity: true)
        for type in batch.types { typePlaces.append(Int32(type)) }
    }
}
