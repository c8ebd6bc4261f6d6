package import Messages

/// How many tokens a text will have, guessed from its bytes before anybody has tokenized it.
///
/// A row counts as min(bytes ÷ ratio + 2, maximum): the ratio starts at 3 bytes a token and follows what results report.
package struct TokenEstimate: Sendable {
    package private(set) var bytesPerToken = 3.0
    package private(set) var maximum = 512

    package init() {}

    /// - Parameter isCut: whether the model sees no more of a text than its maximum
    package func tokens(ofBytes count: Int, isCut: Bool = true) -> Int {
        let whole = Int(Double(count) / bytesPerToken) + Self.specialTokens
        return isCut ? min(whole, maximum) : whole
    }

    /// Moves the ratio an eighth of the way towards what `usage` measured, and learns the model's own maximum.
    package mutating func learn(from usage: Usage, maximum: Int) {
        if maximum > 0 { self.maximum = maximum }
        let words = usage.tokens - Self.specialTokens * usage.rows
        guard usage.truncatedRows == 0, usage.textBytes > 0, words > 0 else { return }
        let measured = Double(usage.textBytes) / Double(words)
        bytesPerToken += (min(max(measured, 0.5), 16) - bytesPerToken) / 8
    }

    /// [CLS] and [SEP].
    private static let specialTokens = 2
}
