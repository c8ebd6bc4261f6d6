import CMessages

/// Asks for rows of a job's result, whether the job is still running or not.
public struct Fetch: Equatable, Sendable {
    public var jobID: Identifier
    public var firstRow: Int
    /// At most; a page also ends at `Limits.pageBytes`.
    public var count: Int
    /// How long to wait for the first of them, up to `Limits.maxFetchWait`.
    public var wait: Duration

    public init(jobID: Identifier, firstRow: Int = 0, count: Int, wait: Duration = .zero) {
        self.jobID = jobID
        self.firstRow = firstRow
        self.count = count
        self.wait = wait
    }
}

extension Fetch: WireMessage {
    init(_ wire: Bertd__Fetch) throws(MessageError) {
        jobID = try Read.identifier(wire.has_job_id, wire.job_id, "job_id").required("job_id")
        firstRow = try Read.number(wire.has_first_row, wire.first_row, "first_row") ?? 0
        count = try Read.number(wire.has_count, wire.count, "count") ?? Limits.maxRows
        wait = Read.milliseconds(wire.has_wait_ms, wire.wait_ms) ?? .zero
        guard wait <= Limits.maxFetchWait else {
            throw .field("wait_ms", expected: "at most \(Limits.maxFetchWait)", found: "\(wait)")
        }
    }

    func write(to wire: inout Bertd__Fetch, _ arena: Arena) {
        arena.put(jobID.string, &wire.has_job_id, &wire.job_id)
        arena.put(firstRow, &wire.has_first_row, &wire.first_row)
        arena.put(count, &wire.has_count, &wire.count)
        arena.put(milliseconds: wait, &wire.has_wait_ms, &wire.wait_ms)
    }
}
