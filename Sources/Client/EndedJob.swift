public import Messages

/// How a submitted job ended.
public struct EndedJob: Equatable, Sendable {
    public enum Outcome: Equatable, Sendable {
        case succeeded(JobResult, Succeeded)
        /// The service did not take it on.
        case rejected(ServiceError)
        case failed(ServiceError)
        case dead(ServiceError, lostWorkers: Int)
        case cancelled(reason: String?)
        /// It succeeded, so long ago that its result is no longer kept.
        case expired(ServiceError)
    }

    public let jobID: Identifier
    public let outcome: Outcome
    /// Whether it ended before it was submitted this time.
    public let isOldNews: Bool
}
