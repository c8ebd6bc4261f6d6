import CMessages

/// What can be told about a job at a glance: proto `Job`.
public struct JobSummary: Equatable, Sendable {
    public var address: JobAddress
    /// As the body of its command is called: a `Work.Kind` of this version, or a newer server's.
    public var kind: String
    /// As resolved.
    public var model: ModelReference?
    public var priority: Priority
    public var state: JobState
    public var rows: Int
    public var rowsDone: Int
    public var acceptedAt: UnixTime
    /// Nil while it is open.
    public var finishedAt: UnixTime?
    public var lostWorkers: Int
    /// Workers that failed it by no fault of its own, while that is held against it.
    public var failedTries: Int
    /// Why it failed or is dead.
    public var error: ServiceError?
    /// The last one of a run that is on disk.
    public var checkpoint: Checkpoint?
    /// The model that a run made.
    public var result: ModelReference?

    public init(
        address: JobAddress, kind: String, model: ModelReference? = nil, priority: Priority, state: JobState, rows: Int,
        rowsDone: Int, acceptedAt: UnixTime, finishedAt: UnixTime? = nil, lostWorkers: Int = 0,
        failedTries: Int = 0, error: ServiceError? = nil, checkpoint: Checkpoint? = nil, result: ModelReference? = nil
    ) {
        self.address = address
        self.kind = kind
        self.model = model
        self.priority = priority
        self.state = state
        self.rows = rows
        self.rowsDone = rowsDone
        self.acceptedAt = acceptedAt
        self.finishedAt = finishedAt
        self.lostWorkers = lostWorkers
        self.failedTries = failedTries
        self.error = error
        self.checkpoint = checkpoint
        self.result = result
    }
}

extension JobSummary: WireMessage {
    init(_ wire: Bertd__Job) throws(MessageError) {
        address = JobAddress(
            clientID: try Read.identifier(wire.has_client_id, wire.client_id, "job.client_id")
                .required("job.client_id"),
            group: try Read.identifier(wire.has_group, wire.group, "job.group"),
            jobID: try Read.identifier(wire.has_job_id, wire.job_id, "job.job_id").required("job.job_id"))
        kind = try Read.string(wire.has_kind, wire.kind, "job.kind") ?? ""
        model = try Read.modelReference(wire.has_model, wire.model, "job.model")
        let word = try Read.string(wire.has_priority, wire.priority, "job.priority")
        priority = word.flatMap(Priority.init) ?? .interactive
        state = Read.word(wire.has_state, wire.state) ?? .unrecognised
        rows = try Read.number(wire.has_rows, wire.rows, "job.rows") ?? 0
        rowsDone = try Read.number(wire.has_rows_done, wire.rows_done, "job.rows_done") ?? 0
        acceptedAt = Read.time(wire.has_accepted_us, wire.accepted_us) ?? UnixTime(microseconds: 0)
        finishedAt = Read.time(wire.has_finished_us, wire.finished_us)
        lostWorkers = try Read.number(wire.has_lost_workers, wire.lost_workers, "job.lost_workers") ?? 0
        failedTries = try Read.number(wire.has_failed_tries, wire.failed_tries, "job.failed_tries") ?? 0
        error = try Read.message(wire.error)
        checkpoint = try Read.message(wire.checkpoint)
        result = try Read.modelReference(wire.has_result, wire.result, "job.result")
    }

    func write(to wire: inout Bertd__Job, _ arena: Arena) {
        arena.put(address.jobID.string, &wire.has_job_id, &wire.job_id)
        arena.put(address.clientID.string, &wire.has_client_id, &wire.client_id)
        arena.put(address.group.string, &wire.has_group, &wire.group)
        arena.put(kind, &wire.has_kind, &wire.kind)
        arena.put(model?.description, &wire.has_model, &wire.model)
        arena.put(priority.rawValue, &wire.has_priority, &wire.priority)
        arena.put(state.rawValue, &wire.has_state, &wire.state)
        arena.put(rows, &wire.has_rows, &wire.rows)
        arena.put(rowsDone, &wire.has_rows_done, &wire.rows_done)
        arena.put(acceptedAt.microseconds, &wire.has_accepted_us, &wire.accepted_us)
        arena.put(finishedAt?.microseconds, &wire.has_finished_us, &wire.finished_us)
        arena.put(lostWorkers, &wire.has_lost_workers, &wire.lost_workers)
        arena.put(failedTries, &wire.has_failed_tries, &wire.failed_tries)
        wire.error = arena.message(error)
        wire.checkpoint = arena.message(checkpoint)
        arena.put(result?.description, &wire.has_result, &wire.result)
    }
}
