import Messages
import Tasks
import Tensors

@testable import Worker

/// A model that is arithmetic: what a text yields follows from its bytes alone, so that a test knows it.
///
/// A text of n bytes has n + 2 tokens; `[0xFF]` is not UTF-8. The vector repeats the sum of the token ids; the vector
/// of a token repeats its id.
enum StubModel {
    static let invalidText = Text(bytes: [0xFF])
    static let maxTokens = 64

    static func make(width: Int = 3, maxTokens: Int = maxTokens) -> ServedModel {
        ServedModel(maxTokens: maxTokens) { (options) throws(ServiceError) in
            guard case .embed(let embedding) = options else { throw ServiceError(.unsupported, "no such work") }
            guard embedding.layer == -1 else {
                throw ServiceError(.invalid, "layer \(embedding.layer) is not there", field: "layer")
            }
            return StubWork(options: embedding, width: width, maxTokens: maxTokens)
        }
    }

    static func row(_ text: Text, _ maxTokens: Int = maxTokens) -> PreparedRow {
        if text == invalidText { return .rejected(ServiceError(.invalidUTF8, "not UTF-8", field: "texts")) }
        let ids = [101] + text.bytes.map(Int32.init) + [102]
        let dropped = max(0, ids.count - maxTokens)
        return PreparedRow(
            sequences: [PreparedSequence(ids: Array(ids.prefix(maxTokens)))],
            note: RowNote.Status(isEmpty: text.bytes.isEmpty, droppedTokens: dropped))
    }

    static func prepare(_ preparation: Scheduler.Preparation, width: Int = 3) -> PreparedRows {
        guard case .embed(let options) = preparation.key.options else { preconditionFailure("other work") }
        let work = StubWork(options: options, width: width, maxTokens: maxTokens)
        return PreparedRows(rows: preparation.inputs.map(work.prepare), form: work.form)
    }

    static func yields(of batch: MicroBatch, width: Int = 3) -> [RowYield?] {
        guard case .embed(let options) = batch.key.options else { preconditionFailure("other work") }
        return batch.entries.map { RowYield(tensor: bytes(of: $0.sequence.ids, options, width: width)) }
    }

    /// What the result of a text is, as bytes.
    static func bytes(of text: Text, _ options: EmbeddingOptions, width: Int = 3) -> [UInt8] {
        guard let sequence = row(text).sequences.first else {
            return Array(repeating: 0, count: options.pooling == .tokens ? 0 : width * options.resultType.byteCount)
        }
        return bytes(of: sequence.ids, options, width: width)
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

private struct StubWork: RowWork {
    let options: EmbeddingOptions
    let width: Int
    let maxTokens: Int

    var form: ResultForm {
        ResultForm(
            elementType: options.resultType == .float16 ? .float16 : .float32, width: width,
            isPerToken: options.pooling == .tokens)
    }

    func prepare(_ input: RowInput) -> PreparedRow { StubModel.row(input.text, maxTokens) }

    func compute(_ batch: MicroBatch, on workspace: LaneWorkspace, team: Team) -> [RowYield?] {
        StubModel.yields(of: batch, width: width)
    }
}
