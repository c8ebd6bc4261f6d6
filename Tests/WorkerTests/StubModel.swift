import Messages
import Tasks
import Tensors
import Worker

/// A model that is arithmetic: the vectors of a text follow from its bytes alone, so that a test knows them.
///
/// A text of n bytes has n + 2 tokens; `[0xFF]` is not UTF-8. The vector repeats the sum of the token ids; the vector
/// of a token repeats its id.
enum StubModel {
    static let invalidText = Text(bytes: [0xFF])
    static let maxTokens = 64

    static func make(width: Int = 3, maxTokens: Int = maxTokens) -> ServedModel {
        ServedModel(
            maxTokens: maxTokens,
            prepare: { (texts, options) throws(ServiceError) in
                guard options.layer == -1 else {
                    throw ServiceError(.invalid, "layer \(options.layer) is not there", field: "layer")
                }
                return PreparedRows(rows: texts.map { row($0, maxTokens) }, width: width)
            },
            embed: { (batch, _, _) throws(ServiceError) in vectors(of: batch, width: width) })
    }

    static func row(_ text: Text, _ maxTokens: Int = maxTokens) -> PreparedRow {
        if text == invalidText { return PreparedRow(ids: [], note: .rejected(ServiceError(.invalidUTF8, "not UTF-8"))) }
        let ids = [101] + text.bytes.map(Int32.init) + [102]
        if text.bytes.isEmpty { return PreparedRow(ids: ids, note: .empty) }
        guard ids.count > maxTokens else { return PreparedRow(ids: ids) }
        return PreparedRow(
            ids: Array(ids.prefix(maxTokens)), note: .truncated(droppedTokens: ids.count - maxTokens))
    }

    static func vectors(of batch: MicroBatch, width: Int) -> [UInt8] {
        batch.sequences.flatMap { bytes(of: $0, batch.key.options, width: width) }
    }

    /// What the result of a text is, as bytes.
    static func bytes(of text: Text, _ options: EmbeddingOptions, width: Int = 3) -> [UInt8] {
        let ids = row(text).ids
        if ids.isEmpty {
            return Array(repeating: 0, count: options.pooling == .tokens ? 0 : width * options.resultType.byteCount)
        }
        return bytes(of: ids, options, width: width)
    }

    private static func bytes(of ids: [Int32], _ options: EmbeddingOptions, width: Int) -> [UInt8] {
        let values = options.pooling == .tokens ? ids.map(Float.init) : [ids.reduce(Float(0)) { $0 + Float($1) }]
        return values.flatMap { value in
            switch options.resultType {
            case .float32: repeatElement(value.bitPattern, count: width).flatMap(littleEndian)
            case .float16: repeatElement(UInt16(value.bitPattern >> 16), count: width).flatMap(littleEndian)
            }
        }
    }

    private static func littleEndian(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}
