import CMessages

/// Something that happened.
///
/// Committed events carry `seq` and, where they concern a job, `jobSeq`; the others carry `lastSeq`.
public struct Event: Equatable, Sendable {
    /// Changes only when the server's log is new or restored.
    public var logID: UInt64
    /// Position in the server's log.
    public var seq: Int?
    /// Dense from 1 over the committed events of the job.
    public var jobSeq: Int?
    /// The last committed `seq`.
    public var lastSeq: Int?
    public var time: UnixTime
    /// Nil for events of workers and of the server.
    public var address: JobAddress?
    /// Told again, not news.
    public var isReplayed: Bool
    public var body: Body

    public init(
        logID: UInt64, seq: Int? = nil, jobSeq: Int? = nil, lastSeq: Int? = nil, time: UnixTime,
        address: JobAddress? = nil, isReplayed: Bool = false, body: Body
    ) {
        self.logID = logID
        self.seq = seq
        self.jobSeq = jobSeq
        self.lastSeq = lastSeq
        self.time = time
        self.address = address
        self.isReplayed = isReplayed
        self.body = body
    }

    public init(decoding frame: UnsafeRawBufferPointer) throws(MessageError) { self = try .unpacked(from: frame) }
    public init(decoding frame: [UInt8]) throws(MessageError) { self = try .unpacked(from: frame) }

    public func encoded() -> [UInt8] { packed() }

    /// An encoded event told again: the same bytes and `replayed`, which protobuf lets follow the other fields.
    package static func markReplayed(_ frame: [UInt8]) -> [UInt8] { frame + [9 << 3, 1] }
}

extension Event: WireMessage {
    init(_ wire: Bertd__Event) throws(MessageError) {
        logID = Read.present(wire.has_log_id, wire.log_id) ?? 0
        seq = try Read.number(wire.has_seq, wire.seq, "seq")
        jobSeq = try Read.number(wire.has_job_seq, wire.job_seq, "job_seq")
        lastSeq = try Read.number(wire.has_last_seq, wire.last_seq, "last_seq")
        time = Read.time(wire.has_time_us, wire.time_us) ?? UnixTime(microseconds: 0)
        if let jobID = try Read.identifier(wire.has_job_id, wire.job_id, "job_id") {
            address = JobAddress(
                clientID: try Read.identifier(wire.has_client_id, wire.client_id, "client_id").required("client_id"),
                group: try Read.identifier(wire.has_group, wire.group, "group"),
                jobID: jobID)
        }
        isReplayed = Read.bool(wire.has_replayed, wire.replayed) ?? false
        body = try Body(wire)
    }

    func write(to wire: inout Bertd__Event, _ arena: Arena) {
        arena.put(logID, &wire.has_log_id, &wire.log_id)
        arena.put(seq, &wire.has_seq, &wire.seq)
        arena.put(jobSeq, &wire.has_job_seq, &wire.job_seq)
        arena.put(lastSeq, &wire.has_last_seq, &wire.last_seq)
        arena.put(time.microseconds, &wire.has_time_us, &wire.time_us)
        arena.put(address?.clientID.string, &wire.has_client_id, &wire.client_id)
        arena.put(address?.group.string, &wire.has_group, &wire.group)
        arena.put(address?.jobID.string, &wire.has_job_id, &wire.job_id)
        if isReplayed { arena.put(isReplayed, &wire.has_replayed, &wire.replayed) }
        body.write(to: &wire, arena)
    }
}
