import Tokenization

/// Turns words into pieces, and knows which are whose.
struct WordEncoder: Sendable {
    let tokenizer: Tokenizer
    /// Tokens of an input, [CLS] and [SEP] included.
    let maximumLength: Int

    /// [CLS] and [SEP].
    static let layoutTokens = 2

    init(tokenizer: Tokenizer, maximumLength: Int) {
        precondition(maximumLength > Self.layoutTokens, "maximum length \(maximumLength), expected at least 3")
        self.tokenizer = tokenizer
        self.maximumLength = maximumLength
    }

    func encode(_ words: [String]) -> EncodedWords {
        var encoding = Encoding(keepsPlaces: true)
        tokenizer.encode(words.joined(separator: " "), into: &encoding)
        // No piece reaches over the space between two words.
        var pieces: [Range<Int>] = []
        var (piece, byte) = (0, 0)
        let count = encoding.ids.count - Self.layoutTokens
        for word in words {
            let first = piece
            byte += word.utf8.count
            while piece < count, encoding.byteOffsets[piece + 1].upperBound <= byte { piece += 1 }
            pieces.append(first..<piece)
            byte += 1
        }
        return EncodedWords(
            ids: Array(encoding.ids[1..<count + 1]), pieces: pieces, classification: tokenizer.classificationID,
            separator: tokenizer.separatorID, room: maximumLength - Self.layoutTokens)
    }
}

/// A sentence as pieces; the first piece of a word stands for it.
struct EncodedWords: Sendable {
    /// Without special tokens; `[pieces]`
    let ids: [Int32]
    /// Of each word; empty for a word of which the tokenizer leaves nothing.
    let pieces: [Range<Int>]
    let classification: Int32
    let separator: Int32
    /// The most pieces of an input.
    let room: Int

    /// Words that fit into an input together, one after another; a word that fits in none is alone.
    var windows: [Range<Int>] {
        var windows: [Range<Int>] = []
        var first = 0
        for word in pieces.indices where pieces[word].upperBound - pieces[first].lowerBound > room && word > first {
            windows.append(first..<word)
            first = word
        }
        return windows + [first..<pieces.count]
    }

    /// `[CLS] pieces [SEP]`; a word that is longer than an input loses its end.
    func ids(of words: Range<Int>) -> [Int32] {
        [classification] + ids[kept(words)] + [separator]
    }

    /// Pieces that do not fit.
    func droppedTokens(of words: Range<Int>) -> Int {
        guard let first = words.first, let last = words.last else { return 0 }
        return pieces[last].upperBound - pieces[first].lowerBound - kept(words).count
    }

    /// The row that stands for a word among the tokens of an input; nil where none does.
    func row(of word: Int, in words: Range<Int>) -> Int? {
        let kept = kept(words)
        guard words.contains(word), let piece = pieces[word].first, kept.contains(piece) else { return nil }
        return piece - kept.lowerBound + 1
    }

    private func kept(_ words: Range<Int>) -> Range<Int> {
        guard let first = words.first, let last = words.last else { return 0..<0 }
        let start = pieces[first].lowerBound
        return start..<min(pieces[last].upperBound, start + room)
    }
}
