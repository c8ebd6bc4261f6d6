import BERT
import Messages
import ModelFiles
import Tasks

/// What a model does with rows under certain options, decided once for all of them.
struct EmbeddingPlan: Sendable {
    enum Step: Sendable {
        case dense(Dense)
        case normalize(Normalize)
    }

    /// Index of the hidden state.
    let layer: Int
    /// nil: a vector for each token.
    let pooling: BERT.Pooling?
    /// What follows, in order.
    let steps: [Step]
    /// Goes before every text.
    let prompt: String
    /// Tokens at the beginning of each row that pooling leaves out.
    let unpooledTokens: Int
    /// Tokens of a row whose text is empty.
    let emptyTokenCount: Int
    /// Tokens of a row at most, special ones included.
    let maximumTokens: Int
    /// Numbers in a vector.
    let width: Int
    let resultType: ResultType

    var givesTokens: Bool { pooling == nil }
}

/// A text as the encoder takes it.
struct TokenizedText: Sendable, Equatable {
    /// `[CLS] … [SEP]`
    let ids: [Int32]
    /// Tokens that were cut off.
    let droppedTokens: Int
    /// Nothing but special tokens, and the prompt.
    let isEmpty: Bool
}
