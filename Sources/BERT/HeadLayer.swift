package import Tensors

/// A head on an encoder's last hidden state, for inference.
package struct HeadLayer: Sendable {
    package let head: Head
    private let pooler, sequenceMap, tokenMap: Linear?

    /// Takes the head's tensors from `parameter`, by Hugging Face's full names.
    package init<Failure: Error>(
        _ configuration: BERTConfiguration, head: Head, blas: BLAS, kernels: Kernels,
        parameter: (_ name: String, _ shape: [Int]) throws(Failure) -> Tensor
    ) throws(Failure) {
        func linear(_ name: String, _ outputs: Int, _ activation: Activation = .identity) throws(Failure) -> Linear {
            let weight = try parameter("\(name).weight", [outputs, configuration.hiddenSize])
            let bias = try parameter("\(name).bias", [outputs])
            return Linear(weight: weight, bias: bias, activation: activation, blas: blas, kernels: kernels)
        }
        self.head = head
        if let map = head.sequenceMap {
            pooler = try linear(Head.pooler, configuration.hiddenSize, .tanh)
            sequenceMap = try linear(map.name, map.outputs)
        } else {
            (pooler, sequenceMap) = (nil, nil)
        }
        if let map = head.tokenMap {
            tokenMap = try linear(map.name, map.outputs)
        } else {
            tokenMap = nil
        }
    }

    /// The logits of hidden `[tokens, hidden]`; `starts` has the first row of each sequence and the total.
    package func apply(_ hidden: Matrix, starts: [Int32], workspace: HeadWorkspace) -> Scores {
        let count = starts.count - 1
        if let pooler, let sequenceMap {
            workspace.first.resize(rows: count, columns: hidden.columns)
            workspace.pooled.resize(rows: count, columns: hidden.columns)
            for index in 0..<count {
                let source = hidden.elements + Int(starts[index]) * hidden.columns
                (workspace.first.elements + index * hidden.columns).update(from: source, count: hidden.columns)
            }
            pooler.apply(workspace.first, into: workspace.pooled)
            workspace.sequence.resize(rows: count, columns: sequenceMap.weight.outputs)
            sequenceMap.apply(workspace.pooled, into: workspace.sequence)
        }
        if let tokenMap {
            workspace.tokens.resize(rows: hidden.rows, columns: tokenMap.weight.outputs)
            tokenMap.apply(hidden, into: workspace.tokens)
        }
        return Scores(
            sequence: sequenceMap == nil ? nil : workspace.sequence, tokens: tokenMap == nil ? nil : workspace.tokens)
    }
}
