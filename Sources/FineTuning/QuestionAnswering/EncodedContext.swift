/// A context's tokens, and where each lies in it; shared by all questions about it.
package struct EncodedContext: Sendable, Equatable {
    package let text: String
    /// `[pieces]`, without special tokens.
    let ids: [Int32]
    /// Of each piece.
    let places: [TextSpan]

    /// The pieces that a stretch of bytes touches; nil where it touches none.
    func pieces(touching bytes: Range<Int>) -> ClosedRange<Int>? {
        let first = partition { $0.bytes.upperBound > bytes.lowerBound }
        let end = partition { $0.bytes.lowerBound >= bytes.upperBound }
        return first < end ? first...end - 1 : nil
    }

    /// The first piece for which a condition holds that holds for all later ones too.
    private func partition(_ holds: (TextSpan) -> Bool) -> Int {
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            if holds(places[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
