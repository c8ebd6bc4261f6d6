import Messages

/// What a thread of the worker hands back to the one that owns the socket.
enum Completion: Sendable {
    case loaded(Digest, Result<ServedModel, ModelFailure>)
    case prepared(Scheduler.Preparation, Result<PreparedRows, ServiceError>)
    case computed(MicroBatch, Result<[UInt8], ServiceError>, in: Duration)
}
