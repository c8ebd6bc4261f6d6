import DequeModule
package import Messages

/// Jobs that wait, in one class of priority: clients take turns, and each client's jobs keep their order.
package struct TurnQueue: Sendable {
    private var turns: Deque<Identifier> = []
    private var lines: [Identifier: Deque<Identifier>] = [:]

    package init() {}

    package var isEmpty: Bool { turns.isEmpty }

    /// The job whose turn it is.
    package var first: Identifier? { turns.first.flatMap { lines[$0]?.first } }

    package mutating func append(_ job: Identifier, of client: Identifier) {
        lines[client, default: []].append(job)
        if lines[client]?.count == 1 { turns.append(client) }
    }

    /// Puts a job before its client's others, for rows that come back.
    package mutating func prepend(_ job: Identifier, of client: Identifier) {
        lines[client, default: []].prepend(job)
        if lines[client]?.count == 1 { turns.append(client) }
    }

    /// Ends the turn: the client goes to the back, and its first job leaves the queue when nothing of it waits.
    package mutating func endTurn(leaving: Bool) {
        guard let client = turns.popFirst() else { return }
        if leaving { _ = lines[client]?.popFirst() }
        if lines[client]?.isEmpty == false { turns.append(client) } else { lines[client] = nil }
    }
}
