/// What one example is to yield.
package enum Target: Sendable, Equatable {
    case label(Int)
    /// Of a regression.
    case value(Float)
    /// An entry a token; -1 does not count.
    case tags([Int32])
    /// The rows of an answer's first and last token within the sequence; both 0 where there is none.
    case span(start: Int, end: Int)
    /// The sequence's label, and an entry a token; -1 does not count.
    case joint(label: Int, tags: [Int32])
    /// Nobody knows: the example can be scored and not trained on.
    case unknown
}
