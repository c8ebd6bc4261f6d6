/// How the token vectors of a text become its vector.
package enum Pooling: String, CaseIterable, Sendable, Hashable {
    /// The mean over all tokens, special ones included.
    case mean
    /// The vector of [CLS].
    case cls
    /// The largest value of each column.
    case max
    /// Mean and max side by side: twice as wide.
    case meanMax = "mean-max"
    /// The sum over all tokens divided by the square root of their number.
    case squareRootLength = "sqrt-length"
    /// No pooling: a vector for each token, special ones included.
    case tokens
}
