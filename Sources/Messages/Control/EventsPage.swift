import CMessages

/// The answer to a `Replay`: proto `Events`.
public struct EventsPage: Equatable, Sendable {
    public enum Outcome: String, CaseIterable, Sendable, OpenWord {
        /// These are all there are.
        case upToDate = "up_to_date"
        /// Ask again.
        case more
        /// Events after `afterSeq` have been removed: there is a gap before `firstSeq`.
        case expired
        /// The log is another one: `afterSeq` means nothing in it.
        case logChanged = "log_changed"
        /// A word of a newer server.
        case unrecognised
    }

    public var logID: UInt64
    public var outcome: Outcome
    /// What to ask with as `afterSeq` for the next page.
    public var nextSeq: Int
    /// The oldest event that is kept.
    public var firstSeq: Int
    /// Encoded events, without the tensors of results.
    public var frames: [[UInt8]]

    public init(logID: UInt64, outcome: Outcome, nextSeq: Int, firstSeq: Int, frames: [[UInt8]] = []) {
        self.logID = logID
        self.outcome = outcome
        self.nextSeq = nextSeq
        self.firstSeq = firstSeq
        self.frames = frames
    }

    public func events() throws(MessageError) -> [Event] {
        var events: [Event] = []
        for frame in frames { events.append(try Event(decoding: frame)) }
        return events
    }
}

extension EventsPage: WireMessage {
    init(_ wire: Bertd__Events) throws(MessageError) {
        logID = Read.present(wire.has_log_id, wire.log_id) ?? 0
        outcome = Read.word(wire.has_outcome, wire.outcome) ?? .unrecognised
        nextSeq = try Read.number(wire.has_next_seq, wire.next_seq, "events.next_seq") ?? 0
        firstSeq = try Read.number(wire.has_first_seq, wire.first_seq, "events.first_seq") ?? 0
        frames = Read.list(wire.n_events, wire.events).map(Read.bytes)
    }

    func write(to wire: inout Bertd__Events, _ arena: Arena) {
        arena.put(logID, &wire.has_log_id, &wire.log_id)
        arena.put(outcome.rawValue, &wire.has_outcome, &wire.outcome)
        arena.put(nextSeq, &wire.has_next_seq, &wire.next_seq)
        arena.put(firstSeq, &wire.has_first_seq, &wire.first_seq)
        (wire.n_events, wire.events) = arena.list(frames)
    }
}
