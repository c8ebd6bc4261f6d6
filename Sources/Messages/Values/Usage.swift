import CMessages

/// What rows of work took.
public struct Usage: Equatable, Sendable {
    public var rows: Int
    /// Special ones included.
    public var tokens: Int
    public var textBytes: Int
    public var truncatedRows: Int
    public var rejectedRows: Int
    /// Summed over lanes.
    public var computeTime: Duration

    public init(
        rows: Int = 0, tokens: Int = 0, textBytes: Int = 0, truncatedRows: Int = 0, rejectedRows: Int = 0,
        computeTime: Duration = .zero
    ) {
        self.rows = rows
        self.tokens = tokens
        self.textBytes = textBytes
        self.truncatedRows = truncatedRows
        self.rejectedRows = rejectedRows
        self.computeTime = computeTime
    }

    /// Adds, up to the largest number that the protocol carries.
    public static func += (sum: inout Usage, more: Usage) {
        sum.rows = min(sum.rows + more.rows, Read.largestNumber)
        sum.tokens = min(sum.tokens + more.tokens, Read.largestNumber)
        sum.textBytes = min(sum.textBytes + more.textBytes, Read.largestNumber)
        sum.truncatedRows = min(sum.truncatedRows + more.truncatedRows, Read.largestNumber)
        sum.rejectedRows = min(sum.rejectedRows + more.rejectedRows, Read.largestNumber)
        sum.computeTime = min(sum.computeTime + more.computeTime, .microseconds(Read.largestNumber))
    }
}

extension Usage: WireMessage {
    init(_ wire: Bertd__Usage) throws(MessageError) {
        self.init(
            rows: try Read.number(wire.has_rows, wire.rows, "usage.rows") ?? 0,
            tokens: try Read.number(wire.has_tokens, wire.tokens, "usage.tokens") ?? 0,
            textBytes: try Read.number(wire.has_text_bytes, wire.text_bytes, "usage.text_bytes") ?? 0,
            truncatedRows: try Read.number(wire.has_truncated_rows, wire.truncated_rows, "usage.truncated_rows") ?? 0,
            rejectedRows: try Read.number(wire.has_rejected_rows, wire.rejected_rows, "usage.rejected_rows") ?? 0,
            computeTime: try Read.microseconds(wire.has_compute_us, wire.compute_us, "usage.compute_us"))
    }

    func write(to wire: inout Bertd__Usage, _ arena: Arena) {
        arena.put(rows, &wire.has_rows, &wire.rows)
        arena.put(tokens, &wire.has_tokens, &wire.tokens)
        arena.put(textBytes, &wire.has_text_bytes, &wire.text_bytes)
        arena.put(truncatedRows, &wire.has_truncated_rows, &wire.truncated_rows)
        arena.put(rejectedRows, &wire.has_rejected_rows, &wire.rejected_rows)
        arena.put(microseconds: computeTime, &wire.has_compute_us, &wire.compute_us)
    }
}
