import CMessages

/// Part of a text, or with an empty text the answer that there is none.
public struct Span: Equatable, Sendable {
    /// Nil for answers.
    public var label: String?
    public var text: String
    /// In Unicode scalars, from the beginning of the text or the context.
    public var scalars: Range<Int>
    /// The same in bytes of UTF-8.
    public var bytes: Range<Int>
    /// A probability.
    public let score: Double?

    public init(label: String?, text: String, scalars: Range<Int>, bytes: Range<Int>, score: Double?) {
        self.label = label
        self.text = text
        self.scalars = scalars
        self.bytes = bytes
        self.score = score.flatMap { $0.isFinite ? $0 : nil }
    }
}

extension Span: WireMessage {
    init(_ wire: Bertd__Span) throws(MessageError) {
        let start = try Read.number(wire.has_start, wire.start, "span.start") ?? 0
        let end = try Read.number(wire.has_end, wire.end, "span.end") ?? 0
        let startByte = try Read.number(wire.has_start_byte, wire.start_byte, "span.start_byte") ?? 0
        let endByte = try Read.number(wire.has_end_byte, wire.end_byte, "span.end_byte") ?? 0
        guard start <= end, startByte <= endByte else {
            throw .field("span.end", expected: "no less than its start", found: "\(end) and byte \(endByte)")
        }
        self.init(
            label: try Read.string(wire.has_label, wire.label, "span.label"),
            text: try Read.string(wire.has_text, wire.text, "span.text") ?? "", scalars: start..<end,
            bytes: startByte..<endByte, score: Read.present(wire.has_score, wire.score))
    }

    func write(to wire: inout Bertd__Span, _ arena: Arena) {
        arena.put(label, &wire.has_label, &wire.label)
        arena.put(text, &wire.has_text, &wire.text)
        arena.put(scalars.lowerBound, &wire.has_start, &wire.start)
        arena.put(scalars.upperBound, &wire.has_end, &wire.end)
        arena.put(bytes.lowerBound, &wire.has_start_byte, &wire.start_byte)
        arena.put(bytes.upperBound, &wire.has_end_byte, &wire.end_byte)
        arena.put(score, &wire.has_score, &wire.score)
    }
}
