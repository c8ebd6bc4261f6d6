import CMessages

/// What a row of text came to. A rejected row has nothing.
public struct RowOutcome: Equatable, Sendable {
    /// Of the whole text: the most probable one; nil for a regression.
    public var label: String?
    /// The label's probability, or the value of a regression.
    public let score: Double?
    /// Tags in the order of the text; answers best first.
    public var spans: [Span]

    public init(label: String? = nil, score: Double? = nil, spans: [Span] = []) {
        self.label = label
        self.score = score.flatMap { $0.isFinite ? $0 : nil }
        self.spans = spans
    }

    /// No less than its bytes in a message.
    package var byteCount: Int {
        spans.reduce(24 + (label?.utf8.count ?? 0)) { $0 + 64 + ($1.label?.utf8.count ?? 0) + $1.text.utf8.count }
    }
}

extension RowOutcome: WireMessage {
    init(_ wire: Bertd__RowOutcome) throws(MessageError) {
        self.init(
            label: try Read.string(wire.has_label, wire.label, "outcome.label"),
            score: Read.present(wire.has_score, wire.score), spans: try Read.messages(wire.n_spans, wire.spans))
    }

    func write(to wire: inout Bertd__RowOutcome, _ arena: Arena) {
        arena.put(label, &wire.has_label, &wire.label)
        arena.put(score, &wire.has_score, &wire.score)
        (wire.n_spans, wire.spans) = arena.list(spans)
    }
}
