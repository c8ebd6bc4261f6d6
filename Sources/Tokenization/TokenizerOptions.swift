/// How a BERT tokenizer treats text before it looks for pieces.
package struct TokenizerOptions: Hashable, Sendable {
    /// Lower-cases every scalar by itself (uncased models).
    package var lowercases: Bool
    /// Decomposes canonically and removes the non-spacing marks. The reference does so where it lower-cases, unless told
    /// otherwise.
    package var stripsAccents: Bool
    /// Makes a word of every CJK ideograph.
    package var isolatesChinese: Bool

    /// - Parameter stripsAccents: nil for the reference's default, which is `lowercases`
    package init(lowercases: Bool, stripsAccents: Bool? = nil, isolatesChinese: Bool = true) {
        self.lowercases = lowercases
        self.stripsAccents = stripsAccents ?? lowercases
        self.isolatesChinese = isolatesChinese
    }
}
