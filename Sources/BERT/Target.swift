/// What one example is to yield.
package enum Target: Sendable, Equatable {
    case label(Int)
    case value(Float)
    /// One entry a token; -1 is not counted.
    case tags([Int32])
    /// Places of the first and the last token of the answer in the example.
    case span(start: Int, end: Int)
    case joint(label: Int, tags: [Int32])
    /// Nothing is known: the example adds no loss.
    case unknown
}
