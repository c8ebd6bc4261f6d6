/// What stands on the encoder and turns its hidden states into a task's outputs, with Hugging Face's parameter names.
package enum Head: Sendable, Equatable {
    /// A class of each sequence, or with one label a number: pooler (tanh of [CLS]), dropout, `classifier`.
    case sequence(labels: Int)
    /// A class of each token: dropout, `classifier`; no pooler.
    case tokens(labels: Int)
    /// Start and end of an answer: `qa_outputs`, two numbers a token; no pooler, no dropout.
    case span
    /// A class of each sequence from the pooler (`intent_classifier`), and one of each token (`slot_classifier`).
    case joint(sequenceLabels: Int, tokenLabels: Int)
}
