import CMessages

/// Rows `firstRow ..< firstRow + count` of a job's result: proto `Result`. The tensor's bytes travel beside it.
public struct ResultRows: Equatable, Sendable {
    public var firstRow: Int
    public var count: Int
    public var elementType: ElementType
    /// `[count, width]`; with token vectors `[sum of tokens, width]`.
    public var shape: [Int]
    /// Of the tensor's bytes.
    public var digest: Digest
    /// Tokens of each row, special ones included; `[count]`.
    public var tokenCounts: [UInt32]
    /// The rows that are not plainly ok.
    public var notes: [RowNote]
    /// Names of the tensor's columns, where they have names.
    public var labels: [String]
    /// One a row, unless the vectors are the result; `[count]` or `[0]`.
    public var outcomes: [RowOutcome]

    public init(
        firstRow: Int, count: Int, elementType: ElementType, shape: [Int], digest: Digest, tokenCounts: [UInt32],
        notes: [RowNote] = [], labels: [String] = [], outcomes: [RowOutcome] = []
    ) {
        self.firstRow = firstRow
        self.count = count
        self.elementType = elementType
        self.shape = shape
        self.digest = digest
        self.tokenCounts = tokenCounts
        self.notes = notes
        self.labels = labels
        self.outcomes = outcomes
    }

    /// How long the tensor must be; nil where the element type is not known or the shape is beyond any memory.
    public var tensorByteCount: Int? {
        guard var byteCount = elementType.byteCount else { return nil }
        for extent in shape {
            let (product, overflow) = byteCount.multipliedReportingOverflow(by: extent)
            guard !overflow else { return nil }
            byteCount = product
        }
        return byteCount
    }
}

extension ResultRows: WireMessage {
    init(_ wire: Bertd__Result) throws(MessageError) {
        firstRow = try Read.number(wire.has_first_row, wire.first_row, "result.first_row") ?? 0
        count = try Read.number(wire.has_count, wire.count, "result.count") ?? 0
        elementType = Read.word(wire.has_dtype, wire.dtype) ?? .unrecognised
        shape = try Read.numbers(wire.n_shape, wire.shape, "result.shape")
        digest = try Read.digest(wire.has_sha256, wire.sha256, "result.sha256").required("result.sha256")
        tokenCounts = Read.list(wire.n_tokens, wire.tokens)
        notes = try Read.messages(wire.n_notes, wire.notes)
        labels = try Read.strings(wire.n_labels, wire.labels, "result.labels")
        outcomes = try Read.messages(wire.n_outcomes, wire.outcomes)
    }

    func write(to wire: inout Bertd__Result, _ arena: Arena) {
        arena.put(firstRow, &wire.has_first_row, &wire.first_row)
        arena.put(count, &wire.has_count, &wire.count)
        arena.put(elementType.rawValue, &wire.has_dtype, &wire.dtype)
        (wire.n_shape, wire.shape) = arena.list(shape.map { UInt64(clamping: $0) })
        arena.put(digest, &wire.has_sha256, &wire.sha256)
        (wire.n_tokens, wire.tokens) = arena.list(tokenCounts)
        (wire.n_notes, wire.notes) = arena.list(notes)
        (wire.n_labels, wire.labels) = arena.list(labels.map { Array($0.utf8) })
        (wire.n_outcomes, wire.outcomes) = arena.list(outcomes)
    }
}
