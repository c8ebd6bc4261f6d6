import CMessages

/// A worker's first message on a connection: who it is, what it can, what it still holds.
package struct Hello: Equatable, Sendable {
    package var protocolVersion: Int
    /// The program's.
    package var version: String
    package var workerID: Identifier
    /// New in every process: a restarted worker is another one.
    package var nonce: UInt64
    package var workerClass: WorkerClass
    package var host: String
    package var processID: Int
    package var lanes: Int
    /// Estimated tokens that it wants to hold at once.
    package var creditTokens: Int
    /// Leases that it is working on, or has results of.
    package var held: [Fence]
    /// The manifests' digests of the models in its memory.
    package var models: [Digest]
    /// What computes there.
    package var kernels: String

    package init(
        protocolVersion: Int = Limits.protocolVersion, version: String, workerID: Identifier, nonce: UInt64,
        workerClass: WorkerClass, host: String, processID: Int, lanes: Int, creditTokens: Int, held: [Fence],
        models: [Digest], kernels: String
    ) {
        self.protocolVersion = protocolVersion
        self.version = version
        self.workerID = workerID
        self.nonce = nonce
        self.workerClass = workerClass
        self.host = host
        self.processID = processID
        self.lanes = lanes
        self.creditTokens = creditTokens
        self.held = held
        self.models = models
        self.kernels = kernels
    }
}

extension Hello: WireMessage {
    init(_ wire: Bertd__Hello) throws(MessageError) {
        protocolVersion = try Read.number(wire.has_protocol, wire.protocol, "protocol").required("protocol")
        version = try Read.string(wire.has_version, wire.version, "version") ?? ""
        workerID = try Read.identifier(wire.has_worker_id, wire.worker_id, "worker_id").required("worker_id")
        nonce = try Read.present(wire.has_nonce, wire.nonce).required("nonce")
        workerClass = Read.word(wire.has_class_, wire.class_) ?? .unrecognised
        host = try Read.string(wire.has_host, wire.host, "host") ?? ""
        processID = try Read.number(wire.has_pid, wire.pid, "pid") ?? 0
        lanes = try Read.number(wire.has_lanes, wire.lanes, "lanes") ?? 0
        creditTokens = try Read.number(wire.has_credit_tokens, wire.credit_tokens, "credit_tokens") ?? 0
        held = Read.fences(wire.n_held, wire.held)
        models = try Read.digests(wire.n_models, wire.models, "models")
        kernels = try Read.string(wire.has_kernels, wire.kernels, "kernels") ?? ""
    }

    func write(to wire: inout Bertd__Hello, _ arena: Arena) {
        arena.put(protocolVersion, &wire.has_protocol, &wire.protocol)
        arena.put(version, &wire.has_version, &wire.version)
        arena.put(workerID.string, &wire.has_worker_id, &wire.worker_id)
        arena.put(nonce, &wire.has_nonce, &wire.nonce)
        arena.put(workerClass.rawValue, &wire.has_class_, &wire.class_)
        arena.put(host, &wire.has_host, &wire.host)
        arena.put(processID, &wire.has_pid, &wire.pid)
        arena.put(lanes, &wire.has_lanes, &wire.lanes)
        arena.put(creditTokens, &wire.has_credit_tokens, &wire.credit_tokens)
        (wire.n_held, wire.held) = arena.list(held)
        (wire.n_models, wire.models) = arena.list(models)
        arena.put(kernels, &wire.has_kernels, &wire.kernels)
    }
}
