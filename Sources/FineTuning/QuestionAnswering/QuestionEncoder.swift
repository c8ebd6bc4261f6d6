package import Tokenization

/// Cuts a context into windows that a question fits before (Devlin et al. 2019, §4.2; the seed's `finetune_squad`).
///
///     [CLS] question [SEP] pieces 0 ..< room [SEP]
///     [CLS] question [SEP] pieces stride ..< stride + room [SEP]      until a window reaches the context's end
///
/// Where this differs from the seed: the context is tokenized as a whole, not word by word, which gives the same pieces
/// but for special tokens written in a text; and every piece keeps its exact place, so that no text is put together again.
package struct QuestionEncoder: Sendable {
    /// Tokens of a window with everything before and after it.
    package let maximumLength: Int
    /// Pieces from the first of a window to the first of the next one.
    package let stride: Int
    /// A longer question loses its end.
    package let maximumQueryTokens: Int

    private let tokenizer: Tokenizer

    /// [CLS] and two [SEP].
    package static let layoutTokens = 3

    /// - Parameter maximumLength: more than `maximumQueryTokens` and the layout, so that a piece fits
    package init(tokenizer: Tokenizer, maximumLength: Int = 384, stride: Int = 128, maximumQueryTokens: Int = 64) {
        precondition(
            maximumLength > maximumQueryTokens + Self.layoutTokens,
            "maximum length \(maximumLength) for questions of \(maximumQueryTokens) tokens")
        precondition(stride > 0 && maximumQueryTokens > 0, "stride \(stride), question tokens \(maximumQueryTokens)")
        self.tokenizer = tokenizer
        self.maximumLength = maximumLength
        self.stride = stride
        self.maximumQueryTokens = maximumQueryTokens
    }

    package func encode(context: String) -> EncodedContext {
        var encoding = Encoding(keepsPlaces: true)
        tokenizer.encode(context, into: &encoding)
        let pieces = 1..<encoding.ids.count - 1
        return EncodedContext(
            text: context, ids: Array(encoding.ids[pieces]),
            places: pieces.map { TextSpan(scalars: encoding.scalarOffsets[$0], bytes: encoding.byteOffsets[$0]) })
    }

    package func encode(question: String, context: EncodedContext) -> EncodedQuestion {
        var encoding = Encoding(keepsPlaces: false)
        tokenizer.encode(question, maximumLength: maximumQueryTokens + 2, into: &encoding)
        let room = maximumLength - encoding.ids.count - 1
        return EncodedQuestion(
            context: context, query: encoding.ids, separator: tokenizer.separatorID,
            droppedTokens: encoding.truncatedTokens.first, windows: windows(of: context.ids.count, room: room))
    }

    /// A window may start later than its predecessor by no more than it is long, so that no piece is left out.
    private func windows(of count: Int, room: Int) -> [Range<Int>] {
        let step = min(stride, room)
        var windows = [0..<min(room, count)]
        while let last = windows.last, last.upperBound < count {
            let start = last.lowerBound + step
            windows.append(start..<min(start + room, count))
        }
        return windows
    }
}
