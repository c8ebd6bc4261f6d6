import CMessages

/// Asks for jobs, newest first: proto `List`.
public struct ListJobs: Equatable, Sendable {
    /// Nil for all.
    public var state: JobState?
    /// Nil for all.
    public var group: Identifier?
    /// At most; 1 to `Limits.maxListedJobs`.
    public var limit: Int

    public init(state: JobState? = nil, group: Identifier? = nil, limit: Int = Limits.defaultListedJobs) {
        self.state = state
        self.group = group
        self.limit = limit
    }
}

extension ListJobs: WireMessage {
    init(_ wire: Bertd__List) throws(MessageError) {
        state = Read.word(wire.has_state, wire.state)
        guard state != .unrecognised else {
            throw .field("state", expected: "the state of a job", found: "another word")
        }
        group = try Read.identifier(wire.has_group, wire.group, "group")
        limit = try Read.number(wire.has_limit, wire.limit, "limit") ?? Limits.defaultListedJobs
        guard (1...Limits.maxListedJobs).contains(limit) else {
            throw .field("limit", expected: "1 to \(Limits.maxListedJobs)", found: "\(limit)")
        }
    }

    func write(to wire: inout Bertd__List, _ arena: Arena) {
        arena.put(state?.rawValue, &wire.has_state, &wire.state)
        arena.put(group?.string, &wire.has_group, &wire.group)
        arena.put(limit, &wire.has_limit, &wire.limit)
    }
}
