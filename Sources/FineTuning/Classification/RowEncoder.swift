import BERT
import Tokenization

/// Makes examples of rows: `[CLS] text [SEP]`, or `[CLS] text [SEP] second [SEP]`, cut at a maximum length.
struct RowEncoder {
    private let tokenizer: Tokenizer
    let maximumLength: Int
    private var encoding = Encoding(keepsPlaces: false)

    /// [CLS], two [SEP], and a token of a text.
    private static let leastLength = 4

    init(_ request: TrainingRequest) throws(FineTuningError) {
        guard request.maximumLength >= Self.leastLength else {
            throw .option(
                name: "max_length", expected: "at least \(Self.leastLength)", found: "\(request.maximumLength)")
        }
        self.init(tokenizer: try request.tokenizer(), maximumLength: request.maximumLength)
    }

    init(tokenizer: Tokenizer, maximumLength: Int) {
        self.tokenizer = tokenizer
        self.maximumLength = maximumLength
    }

    mutating func example(_ row: LabelledFile.Row, target: Target) -> Example {
        tokenizer.encode(row.text, pair: row.text2, maximumLength: maximumLength, into: &encoding)
        let dropped = encoding.truncatedTokens
        return Example(
            ids: encoding.ids, types: encoding.tokenTypes.map(UInt8.init), target: target,
            droppedTokens: dropped.first + dropped.second)
    }
}
