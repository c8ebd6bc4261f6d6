extension Tokenizer {
    /// Joins tokens to a text: pieces to words, words with spaces between them, none before `.?!,` and in English
    /// contractions.
    ///
    /// Ids that the vocabulary does not have are left out, and special tokens unless they are asked for.
    package func decode(_ ids: some Sequence<Int32>, keepsSpecialTokens: Bool = false) -> String {
        let prefix = Vocabulary.continuationPrefix.utf8
        var text: [UInt8] = []
        for id in ids {
            let added = addedTokens.token(of: id)
            if let added, added.isSpecial, !keepsSpecialTokens { continue }
            guard let piece = added?.content ?? vocabulary.piece(of: id) else { continue }
            if text.isEmpty {
                text.append(contentsOf: piece.utf8)
            } else if piece.utf8.starts(with: prefix) {
                text.append(contentsOf: piece.utf8.dropFirst(prefix.count))
            } else {
                text.append(UInt8(ascii: " "))
                text.append(contentsOf: piece.utf8)
            }
        }
        for (spaced, tight) in Self.contractions {
            text = text.replacing(Array(spaced.utf8), with: Array(tight.utf8))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// What the reference takes spaces out of, in its order.
    private static let contractions = [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"), (" 's", "'s"),
        (" 've", "'ve"), (" 're", "'re"),
    ]
}
