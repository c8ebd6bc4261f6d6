import CMessages

/// The server as it stands: proto `Service`.
public struct ServiceStatus: Equatable, Sendable {
    public var serverVersion: String
    public var logID: UInt64
    /// How often this server's state has been started.
    public var boot: Int
    /// The oldest event that is kept, and the last.
    public var firstSeq: Int
    public var lastSeq: Int
    public var startedAt: UnixTime
    public var openJobs: Int
    /// Estimated.
    public var queuedTokens: Int
    public var queuedBytes: Int
    public var workers: [WorkerSummary]
    public var counters: [Counter]
    public var settings: [Setting]
    public var journalBytes: Int
    public var residentBytes: Int
    /// That the disk of its state folder has room for; nil where the server does not say.
    public var freeBytes: Int?

    public init(
        serverVersion: String, logID: UInt64, boot: Int, firstSeq: Int, lastSeq: Int, startedAt: UnixTime,
        openJobs: Int, queuedTokens: Int, queuedBytes: Int, workers: [WorkerSummary], counters: [Counter],
        settings: [Setting], journalBytes: Int, residentBytes: Int, freeBytes: Int? = nil
    ) {
        self.serverVersion = serverVersion
        self.logID = logID
        self.boot = boot
        self.firstSeq = firstSeq
        self.lastSeq = lastSeq
        self.startedAt = startedAt
        self.openJobs = openJobs
        self.queuedTokens = queuedTokens
        self.queuedBytes = queuedBytes
        self.workers = workers
        self.counters = counters
        self.settings = settings
        self.journalBytes = journalBytes
        self.residentBytes = residentBytes
        self.freeBytes = freeBytes
    }
}

extension ServiceStatus: WireMessage {
    init(_ wire: Bertd__Service) throws(MessageError) {
        serverVersion = try Read.string(wire.has_server_version, wire.server_version, "service.server_version") ?? ""
        logID = Read.present(wire.has_log_id, wire.log_id) ?? 0
        boot = try Read.number(wire.has_boot, wire.boot, "service.boot") ?? 0
        firstSeq = try Read.number(wire.has_first_seq, wire.first_seq, "service.first_seq") ?? 0
        lastSeq = try Read.number(wire.has_last_seq, wire.last_seq, "service.last_seq") ?? 0
        startedAt = Read.time(wire.has_started_us, wire.started_us) ?? UnixTime(microseconds: 0)
        openJobs = try Read.number(wire.has_open_jobs, wire.open_jobs, "service.open_jobs") ?? 0
        queuedTokens = try Read.number(wire.has_queued_tokens, wire.queued_tokens, "service.queued_tokens") ?? 0
        queuedBytes = try Read.number(wire.has_queued_bytes, wire.queued_bytes, "service.queued_bytes") ?? 0
        workers = try Read.messages(wire.n_workers, wire.workers)
        counters = try Read.messages(wire.n_counters, wire.counters)
        settings = try Read.messages(wire.n_settings, wire.settings)
        journalBytes = try Read.number(wire.has_journal_bytes, wire.journal_bytes, "service.journal_bytes") ?? 0
        residentBytes = try Read.number(wire.has_resident_bytes, wire.resident_bytes, "service.resident_bytes") ?? 0
        freeBytes = try Read.number(wire.has_free_bytes, wire.free_bytes, "service.free_bytes")
    }

    func write(to wire: inout Bertd__Service, _ arena: Arena) {
        arena.put(serverVersion, &wire.has_server_version, &wire.server_version)
        arena.put(logID, &wire.has_log_id, &wire.log_id)
        arena.put(boot, &wire.has_boot, &wire.boot)
        arena.put(firstSeq, &wire.has_first_seq, &wire.first_seq)
        arena.put(lastSeq, &wire.has_last_seq, &wire.last_seq)
        arena.put(startedAt.microseconds, &wire.has_started_us, &wire.started_us)
        arena.put(openJobs, &wire.has_open_jobs, &wire.open_jobs)
        arena.put(queuedTokens, &wire.has_queued_tokens, &wire.queued_tokens)
        arena.put(queuedBytes, &wire.has_queued_bytes, &wire.queued_bytes)
        (wire.n_workers, wire.workers) = arena.list(workers)
        (wire.n_counters, wire.counters) = arena.list(counters)
        (wire.n_settings, wire.settings) = arena.list(settings)
        arena.put(journalBytes, &wire.has_journal_bytes, &wire.journal_bytes)
        arena.put(residentBytes, &wire.has_resident_bytes, &wire.resident_bytes)
        arena.put(freeBytes, &wire.has_free_bytes, &wire.free_bytes)
    }
}
