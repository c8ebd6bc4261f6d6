import CMessages

/// Asks for committed events, oldest first.
public struct Replay: Equatable, Sendable {
    /// The log that `afterSeq` counts in; nil for whatever log there is.
    public var logID: UInt64?
    public var afterSeq: Int
    /// A prefix of the topics that are wanted.
    public var filter: String
    /// At most; 1 to `Limits.maxReplayEvents`.
    public var limit: Int

    public init(logID: UInt64? = nil, afterSeq: Int = 0, filter: String = "", limit: Int = Limits.maxReplayEvents) {
        self.logID = logID
        self.afterSeq = afterSeq
        self.filter = filter
        self.limit = limit
    }
}

extension Replay: WireMessage {
    init(_ wire: Bertd__Replay) throws(MessageError) {
        logID = Read.present(wire.has_log_id, wire.log_id)
        afterSeq = try Read.number(wire.has_after_seq, wire.after_seq, "after_seq") ?? 0
        filter = try Read.string(wire.has_filter, wire.filter, "filter") ?? ""
        limit = try Read.number(wire.has_limit, wire.limit, "limit") ?? Limits.maxReplayEvents
        guard (1...Limits.maxReplayEvents).contains(limit) else {
            throw .field("limit", expected: "1 to \(Limits.maxReplayEvents)", found: "\(limit)")
        }
    }

    func write(to wire: inout Bertd__Replay, _ arena: Arena) {
        arena.put(logID, &wire.has_log_id, &wire.log_id)
        arena.put(afterSeq, &wire.has_after_seq, &wire.after_seq)
        arena.put(filter, &wire.has_filter, &wire.filter)
        arena.put(limit, &wire.has_limit, &wire.limit)
    }
}
