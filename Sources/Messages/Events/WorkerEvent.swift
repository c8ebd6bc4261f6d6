import CMessages

/// A worker came, goes, or is gone: proto `WorkerState`.
public struct WorkerEvent: Equatable, Sendable {
    public enum State: String, CaseIterable, Sendable, OpenWord {
        case online
        case draining
        case offline
        /// It failed runs one after another: it gets no more until it is started anew.
        case barred
        /// A word of a newer server.
        case unrecognised
    }

    public var workerID: Identifier
    public var state: State
    public var workerClass: WorkerClass
    public var host: String
    public var processID: Int
    /// How many computations it runs at once.
    public var lanes: Int

    public init(
        workerID: Identifier, state: State, workerClass: WorkerClass, host: String, processID: Int, lanes: Int
    ) {
        self.workerID = workerID
        self.state = state
        self.workerClass = workerClass
        self.host = host
        self.processID = processID
        self.lanes = lanes
    }
}

extension WorkerEvent: WireMessage {
    init(_ wire: Bertd__WorkerState) throws(MessageError) {
        workerID = try Read.identifier(wire.has_worker_id, wire.worker_id, "worker.worker_id")
            .required("worker.worker_id")
        state = Read.word(wire.has_state, wire.state) ?? .unrecognised
        workerClass = Read.word(wire.has_class_, wire.class_) ?? .unrecognised
        host = try Read.string(wire.has_host, wire.host, "worker.host") ?? ""
        processID = try Read.number(wire.has_pid, wire.pid, "worker.pid") ?? 0
        lanes = try Read.number(wire.has_lanes, wire.lanes, "worker.lanes") ?? 0
    }

    func write(to wire: inout Bertd__WorkerState, _ arena: Arena) {
        arena.put(workerID.string, &wire.has_worker_id, &wire.worker_id)
        arena.put(state.rawValue, &wire.has_state, &wire.state)
        arena.put(workerClass.rawValue, &wire.has_class_, &wire.class_)
        arena.put(host, &wire.has_host, &wire.host)
        arena.put(processID, &wire.has_pid, &wire.pid)
        arena.put(lanes, &wire.has_lanes, &wire.lanes)
    }
}
