/// What sentence-transformers does around the encoder: a limit before it; pooling, dense layers and normalization after.
///
///     text ── prompt ── lower-case ── tokens ≤ maximumTokens ── encoder ── pooling ── dense or normalize … ── vector
package struct SentencePipeline: Sendable {
    /// The longest sequence, in tokens, special ones included.
    package let maximumTokens: Int
    /// Text is lower-cased, accents kept, before the tokenizer's own rules.
    package let lowercasesText: Bool
    package let pooling: Pooling
    package let steps: [Step]
    /// Texts that may be put before an input, by name.
    package let prompts: [String: String]
    /// The prompt of a request that names none.
    package let defaultPromptName: String?
    /// Numbers in a vector.
    package let width: Int

    /// The pipeline of a plain BERT folder, as sentence-transformers makes it: mean pooling and nothing after.
    static func plain(maximumTokens: Int, hiddenSize: Int) -> SentencePipeline {
        SentencePipeline(
            maximumTokens: maximumTokens, lowercasesText: false,
            pooling: Pooling(modes: [.mean], includesPrompt: true), steps: [], prompts: [:], defaultPromptName: nil,
            width: hiddenSize)
    }

    /// How the token vectors of a sequence become one vector.
    package struct Pooling: Sendable, Equatable {
        package enum Mode: String, Sendable, CaseIterable {
            // In the order in which the flags of an older configuration are concatenated.
            case cls
            case max
            case mean
            /// The sum divided by the square root of the length.
            case meanSqrtLength = "mean_sqrt_len_tokens"
        }

        /// The parts of the vector, one after another; not empty.
        package let modes: [Mode]
        /// Whether the tokens of the prompt (and [CLS] before it) take part.
        package let includesPrompt: Bool
    }

    /// What follows pooling, in order.
    package enum Step: Sendable {
        case dense(DenseLayer)
        /// Division by the Euclidean norm.
        case normalize
    }

    /// A linear layer and its activation.
    package struct DenseLayer: Sendable {
        package enum Activation: String, Sendable, CaseIterable {
            case tanh = "torch.nn.modules.activation.Tanh"
            case identity = "torch.nn.modules.linear.Identity"
        }

        /// `[output, input]`
        package let weight: MappedTensor
        /// `[output]`
        package let bias: MappedTensor?
        package let activation: Activation
    }
}
