/// The sizes and choices of a BERT encoder, from a folder's `config.json`.
///
/// Only `model_type` "bert" is read. What would change the arithmetic and is not known here (another activation,
/// relative positions, a decoder) is refused by name; what concerns training or heads is left alone.
package struct ModelConfiguration: Sendable, Equatable {
    /// The feed-forward activation.
    package enum Activation: Sendable {
        /// By the error function.
        case gelu
        /// By the tangent approximation.
        case geluTanh
        case relu

        /// Hugging Face's names.
        static let names: [String: Activation] = [
            "gelu": .gelu, "gelu_new": .geluTanh, "gelu_pytorch_tanh": .geluTanh, "relu": .relu,
        ]
    }

    package let vocabularySize: Int
    package let hiddenSize: Int
    package let layerCount: Int
    package let headCount: Int
    package let intermediateSize: Int
    /// The longest sequence, in tokens.
    package let maximumPositions: Int
    package let tokenTypeCount: Int
    package let activation: Activation
    package let layerNormEpsilon: Double
    /// The parts of the hidden states, and of the attention, that training drops.
    package let hiddenDropout, attentionDropout: Double
    /// What training drops before a head; nil: as much as of the hidden states.
    package let classifierDropout: Double?

    /// transformers' default, where a configuration names none.
    private static let usualDropout = 0.1

    init(_ json: JSONObject) throws(ModelFileError) {
        guard json.members["model_type"] == .string("bert") else {
            throw json.wrong("model_type", expected: "\"bert\"")
        }
        try json.require("absolute", "position_embedding_type")
        guard try !json.bool("is_decoder", default: false) else { throw json.wrong("is_decoder", expected: "false") }

        // Far above any BERT, and small enough that no product of two sizes overflows.
        let sizes = 1...1 << 24
        vocabularySize = try json.integer("vocab_size", in: sizes)
        hiddenSize = try json.integer("hidden_size", in: sizes)
        layerCount = try json.integer("num_hidden_layers", in: 1...1024)
        headCount = try json.integer("num_attention_heads", in: sizes)
        intermediateSize = try json.integer("intermediate_size", in: sizes)
        maximumPositions = try json.integer("max_position_embeddings", in: sizes)
        tokenTypeCount = try json.integer("type_vocab_size", in: sizes)
        guard hiddenSize.isMultiple(of: headCount) else {
            throw json.wrong("num_attention_heads", expected: "a divisor of hidden_size \(hiddenSize)")
        }

        guard let activation = Activation.names[try json.string("hidden_act")] else {
            throw json.wrong("hidden_act", expected: "one of \(Activation.names.keys.sorted().joined(separator: ", "))")
        }
        self.activation = activation
        guard case .number(let epsilon)? = json.members["layer_norm_eps"], epsilon > 0, epsilon < 1 else {
            throw json.wrong("layer_norm_eps", expected: "a number between 0 and 1")
        }
        layerNormEpsilon = epsilon
        hiddenDropout = try json.rate("hidden_dropout_prob") ?? Self.usualDropout
        attentionDropout = try json.rate("attention_probs_dropout_prob") ?? Self.usualDropout
        classifierDropout = try json.rate("classifier_dropout")
    }
}
