/// What one scalar becomes under a tokenizer's options: where it stands in a word, and the bytes it turns into.
struct CharacterRule: Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        /// Part of a word.
        case word
        /// Ends a word and vanishes.
        case space
        /// Vanishes as if it had never been there: control characters, U+FFFD.
        case dropped
        /// A word of its own: punctuation, Chinese characters.
        case single
        /// An accent that is stripped.
        case stripped
        /// A Hangul syllable, decomposed by arithmetic.
        case hangul
        /// A mark that is kept but takes part in canonical reordering, alone or after ``CharacterRule/bytes``.
        case reordered
    }

    /// The longest replacement in bytes.
    static let capacity = 12

    let kind: Kind
    /// Whether it, or its decomposition, begins with a starter: reordering never crosses it.
    let isStarter: Bool
    /// The UTF-8 that replaces the scalar; nil where it stays as it is.
    let replacement: [UInt8]?
}
