import CMessages

/// A sign of life of the server, with what it has to do.
public struct Heartbeat: Equatable, Sendable {
    public var openJobs: Int
    /// Estimated.
    public var queuedTokens: Int
    public var workers: Int

    public init(openJobs: Int, queuedTokens: Int, workers: Int) {
        self.openJobs = openJobs
        self.queuedTokens = queuedTokens
        self.workers = workers
    }
}

extension Heartbeat: WireMessage {
    init(_ wire: Bertd__Heartbeat) throws(MessageError) {
        openJobs = try Read.number(wire.has_open_jobs, wire.open_jobs, "heartbeat.open_jobs") ?? 0
        queuedTokens = try Read.number(wire.has_queued_tokens, wire.queued_tokens, "heartbeat.queued_tokens") ?? 0
        workers = try Read.number(wire.has_workers, wire.workers, "heartbeat.workers") ?? 0
    }

    func write(to wire: inout Bertd__Heartbeat, _ arena: Arena) {
        arena.put(openJobs, &wire.has_open_jobs, &wire.open_jobs)
        arena.put(queuedTokens, &wire.has_queued_tokens, &wire.queued_tokens)
        arena.put(workers, &wire.has_workers, &wire.workers)
    }
}
