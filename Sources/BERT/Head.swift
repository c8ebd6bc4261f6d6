/// What stands on the encoder, by Hugging Face's parameter names.
package enum Head: Sendable, Equatable {
    /// tanh(`bert.pooler.dense` of [CLS]) → dropout → `classifier`; one label is a regression.
    case sequence(labels: Int)
    /// dropout → `classifier` of each token; no pooler.
    case tokens(labels: Int)
    /// `qa_outputs` of each token, `[2, hidden]`: a start and an end; no pooler, no dropout.
    case span
    /// The pooler → dropout → `intent_classifier`, and dropout → `slot_classifier` of each token.
    case joint(sequenceLabels: Int, tokenLabels: Int)

    /// The linear map of the pooled vector and that of each token: the name and the outputs, nil where there is none.
    var sequenceMap: (name: String, outputs: Int)? {
        switch self {
        case .sequence(let labels): ("classifier", labels)
        case .joint(let labels, _): ("intent_classifier", labels)
        case .tokens, .span: nil
        }
    }

    var tokenMap: (name: String, outputs: Int)? {
        switch self {
        case .tokens(let labels): ("classifier", labels)
        case .joint(_, let labels): ("slot_classifier", labels)
        case .span: ("qa_outputs", 2)
        case .sequence: nil
        }
    }

    static let pooler = "bert.pooler.dense"
}

extension BERTConfiguration {
    /// Every parameter of the encoder and its head by full name, `bert.` before the encoder's, in Hugging Face's order.
    package func parameters(with head: Head) -> [Parameter] {
        let encoder = parameters.map { Parameter("bert.\($0.name)", $0.shape) }
        let pooler =
            head.sequenceMap == nil ? [] : linear(Head.pooler, outputs: hiddenSize, inputs: hiddenSize)
        let maps = [head.sequenceMap, head.tokenMap].compactMap { $0 }
        return encoder + pooler + maps.flatMap { linear($0.name, outputs: $0.outputs, inputs: hiddenSize) }
    }
}
