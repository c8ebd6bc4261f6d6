package import FineTuning
package import Tokenization

/// What a kind of work keeps of a row from its tokenization to its end.
package enum RowSource: Sendable {
    /// Nothing: the numbers speak for themselves.
    case none
    /// A text, and where in it each token comes from.
    case text(String, Encoding)
    /// A question with its windows, whose numbers come from several lanes.
    case question(EncodedQuestion, Gathering)
}
