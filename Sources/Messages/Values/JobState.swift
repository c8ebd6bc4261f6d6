/// Where a job is in its life.
public enum JobState: String, CaseIterable, Sendable, OpenWord {
    case queued
    case running
    case succeeded
    case failed
    case dead
    case cancelled
    case rejected
    /// A word of a newer server.
    case unrecognised

    /// Whether no further event of the job can follow.
    public var isTerminal: Bool {
        switch self {
        case .succeeded, .failed, .dead, .cancelled, .rejected: true
        case .queued, .running, .unrecognised: false
        }
    }
}
