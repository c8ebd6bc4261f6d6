import CMessages

/// One piece of work, or an order about one. The same bytes sent again are the same job.
public struct Command: Equatable, Sendable {
    public var address: JobAddress
    public var priority: Priority
    public var body: Body

    public enum Body: Equatable, Sendable {
        case work(Work)
        /// Ends the job of the address early.
        case cancel(reason: String?)
    }

    public init(address: JobAddress, priority: Priority = .interactive, body: Body) {
        self.address = address
        self.priority = priority
        self.body = body
    }

    public var clientID: Identifier { address.clientID }
    public var group: Identifier { address.group }
    public var jobID: Identifier { address.jobID }

    /// The frame for the command socket. Above `Limits.maxCommandBytes` it will be rejected.
    public func encoded() -> [UInt8] { packed() }
}

extension Command: WireMessage {
    /// Reads a command whose envelope has been checked by `decode`.
    init(_ wire: Bertd__Command) throws(MessageError) {
        try Read.onlyKnownFields(wire.base, "command")
        address = JobAddress(
            clientID: try Read.identifier(wire.has_client_id, wire.client_id, "client_id").required("client_id"),
            group: try Read.identifier(wire.has_group, wire.group, "group"),
            jobID: try Read.identifier(wire.has_job_id, wire.job_id, "job_id").required("job_id"))
        let word = try Read.string(wire.has_priority, wire.priority, "priority") ?? Priority.interactive.rawValue
        guard let priority = Priority(rawValue: word) else {
            throw .field("priority", expected: "'interactive' or 'bulk'", found: "another word")
        }
        self.priority = priority
        switch wire.body_case {
        case BERTD__COMMAND__BODY_CANCEL:
            let cancel = try Read.pointee(wire.cancel, "cancel")
            body = .cancel(reason: try Read.string(cancel.has_reason, cancel.reason, "reason"))
        default:
            guard let work = try Work(wire) else {
                throw .unsupported(field: "body", expected: "\(Work.bodyNames) or cancel", found: "another")
            }
            body = .work(work)
        }
    }

    func write(to wire: inout Bertd__Command, _ arena: Arena) {
        arena.put(Limits.protocolVersion, &wire.has_protocol, &wire.protocol)
        arena.put(clientID.string, &wire.has_client_id, &wire.client_id)
        arena.put(group.string, &wire.has_group, &wire.group)
        arena.put(jobID.string, &wire.has_job_id, &wire.job_id)
        arena.put(priority.rawValue, &wire.has_priority, &wire.priority)
        switch body {
        case .work(let work): work.write(to: &wire, arena)
        case .cancel(let reason):
            wire.body_case = BERTD__COMMAND__BODY_CANCEL
            wire.cancel = arena.make(Bertd__Cancel.self) { arena.put(reason, &$0.has_reason, &$0.reason) }
        }
    }
}
