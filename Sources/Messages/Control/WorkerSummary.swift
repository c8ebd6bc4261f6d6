import CMessages

/// A worker as the server sees it: proto `Worker`.
public struct WorkerSummary: Equatable, Sendable {
    public enum State: String, CaseIterable, Sendable, OpenWord {
        case ready
        /// Its last sign of life is older than it should be.
        case silent
        /// It failed runs one after another: it gets no more until it is started anew.
        case barred
        /// A word of a newer server.
        case unrecognised
    }

    public var workerID: Identifier
    public var workerClass: WorkerClass
    public var host: String
    public var processID: Int
    public var lanes: Int
    public var state: State
    /// Estimated.
    public var leasedTokens: Int
    public var creditTokens: Int
    /// The manifests' digests of the models in its memory.
    public var models: [Digest]
    /// What computes there.
    public var kernels: String

    public init(
        workerID: Identifier, workerClass: WorkerClass, host: String, processID: Int, lanes: Int, state: State,
        leasedTokens: Int, creditTokens: Int, models: [Digest], kernels: String
    ) {
        self.workerID = workerID
        self.workerClass = workerClass
        self.host = host
        self.processID = processID
        self.lanes = lanes
        self.state = state
        self.leasedTokens = leasedTokens
        self.creditTokens = creditTokens
        self.models = models
        self.kernels = kernels
    }
}

extension WorkerSummary: WireMessage {
    init(_ wire: Bertd__Worker) throws(MessageError) {
        workerID = try Read.identifier(wire.has_worker_id, wire.worker_id, "worker.worker_id")
            .required("worker.worker_id")
        workerClass = Read.word(wire.has_class_, wire.class_) ?? .unrecognised
        host = try Read.string(wire.has_host, wire.host, "worker.host") ?? ""
        processID = try Read.number(wire.has_pid, wire.pid, "worker.pid") ?? 0
        lanes = try Read.number(wire.has_lanes, wire.lanes, "worker.lanes") ?? 0
        state = Read.word(wire.has_state, wire.state) ?? .unrecognised
        leasedTokens = try Read.number(wire.has_leased_tokens, wire.leased_tokens, "worker.leased_tokens") ?? 0
        creditTokens = try Read.number(wire.has_credit_tokens, wire.credit_tokens, "worker.credit_tokens") ?? 0
        models = try Read.digests(wire.n_models, wire.models, "worker.models")
        kernels = try Read.string(wire.has_kernels, wire.kernels, "worker.kernels") ?? ""
    }

    func write(to wire: inout Bertd__Worker, _ arena: Arena) {
        arena.put(workerID.string, &wire.has_worker_id, &wire.worker_id)
        arena.put(workerClass.rawValue, &wire.has_class_, &wire.class_)
        arena.put(host, &wire.has_host, &wire.host)
        arena.put(processID, &wire.has_pid, &wire.pid)
        arena.put(lanes, &wire.has_lanes, &wire.lanes)
        arena.put(state.rawValue, &wire.has_state, &wire.state)
        arena.put(leasedTokens, &wire.has_leased_tokens, &wire.leased_tokens)
        arena.put(creditTokens, &wire.has_credit_tokens, &wire.credit_tokens)
        (wire.n_models, wire.models) = arena.list(models)
        arena.put(kernels, &wire.has_kernels, &wire.kernels)
    }
}
