import CMessages

/// The answer to a `Fetch`. The tensor of its rows is the frame after the reply.
public struct Page: Equatable, Sendable {
    public var job: JobSummary
    /// Nil when there are none yet, or never.
    public var rows: ResultRows?

    public init(job: JobSummary, rows: ResultRows? = nil) {
        self.job = job
        self.rows = rows
    }
}

extension Page: WireMessage {
    init(_ wire: Bertd__Page) throws(MessageError) {
        job = try Read.message(wire.job).required("page.job")
        rows = try Read.message(wire.rows)
    }

    func write(to wire: inout Bertd__Page, _ arena: Arena) {
        wire.job = arena.message(job)
        wire.rows = arena.message(rows)
    }
}
