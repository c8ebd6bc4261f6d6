import CMessages

/// What is to be said about one row of a result.
public struct RowNote: Equatable, Sendable {
    public enum Status: Equatable, Sendable {
        /// The text was longer than the model's limit.
        case truncated(droppedTokens: Int)
        /// The text was empty: the vector is that of the special tokens.
        case empty
        /// The row is zeros.
        case rejected(ServiceError)
        /// A word of a newer server.
        case unrecognised
    }

    /// Counted over the job.
    public var row: Int
    public var status: Status

    public init(row: Int, status: Status) {
        self.row = row
        self.status = status
    }
}

extension RowNote: WireMessage {
    private enum Word: String, OpenWord {
        case truncated, empty, rejected, unrecognised
    }

    init(_ wire: Bertd__RowNote) throws(MessageError) {
        row = try Read.number(wire.has_row, wire.row, "note.row") ?? 0
        switch Read.word(wire.has_status, wire.status, as: Word.self) {
        case .truncated:
            status = .truncated(
                droppedTokens: try Read.number(wire.has_dropped_tokens, wire.dropped_tokens, "note.dropped_tokens") ?? 0
            )
        case .empty: status = .empty
        case .rejected: status = .rejected(try Read.message(wire.error).required("note.error"))
        case .unrecognised, nil: status = .unrecognised
        }
    }

    func write(to wire: inout Bertd__RowNote, _ arena: Arena) {
        arena.put(row, &wire.has_row, &wire.row)
        arena.put(word.rawValue, &wire.has_status, &wire.status)
        if case .truncated(let droppedTokens) = status {
            arena.put(droppedTokens, &wire.has_dropped_tokens, &wire.dropped_tokens)
        }
        if case .rejected(let error) = status { wire.error = arena.message(error) }
    }

    private var word: Word {
        switch status {
        case .truncated: .truncated
        case .empty: .empty
        case .rejected: .rejected
        case .unrecognised: .unrecognised
        }
    }
}
