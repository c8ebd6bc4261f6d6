import Tensors

extension TrainingModel {
    /// Bytes held now: parameters, gradients, packed copies, and the memory of the largest micro-batch so far.
    package var byteCount: Int {
        parameters.reduce(0) { $0 + $1.valueMatrix.byteCount + $1.gradientMatrix.byteCount }
            + linears.reduce(0) { $0 + $1.weight.packedByteCount } + memory.byteCount
    }

    /// About what `byteCount` will be once a micro-batch of so many tokens was seen, without making a model.
    ///
    /// The moments of an optimizer come on top. Left out are the scratch of the lanes and the head, which are small.
    package static func byteCount(_ configuration: BERTConfiguration, head: Head, tokens: Int) -> Int {
        let parameters = configuration.parameters(with: head)
        let values = parameters.reduce(0) { $0 + $1.shape.reduce(1, *) }
        let packed = parameters.reduce(0) { sum, parameter in
            let isTable = parameter.name.hasPrefix("bert.embeddings.") || parameter.shape.count == 1
            return sum + (isTable ? 0 : parameter.shape.reduce(1, *))
        }
        let (hidden, intermediate) = (configuration.hiddenSize, configuration.intermediateSize)
        // Projections, context, both normalizations, the state between the blocks and the layer's own; two numbers of
        // each softmax and one of each normalization.
        let layer = 8 * hidden + intermediate + 2 * configuration.headCount + 2
        // The embeddings twice, gradients, packed columns, an activation; a head of tokens sees a copy.
        let shared = 9 * hidden + 3 * intermediate + 1 + (head.tokenMap == nil ? 0 : hidden)
        // Behind its attention the last layer has but one row an example where no token is asked about.
        let spared = head.tokenMap == nil ? 4 * hidden + intermediate + 2 : 0
        let floats = 2 * values + 2 * packed + tokens * (configuration.layerCount * layer + shared - spared)
        return floats * MemoryLayout<Float>.stride
    }
}
