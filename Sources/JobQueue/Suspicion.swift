/// How far a job is suspected of killing the workers that hold it, and in whose company it may still be.
///
/// When a worker dies, every job it held may be the cause. A suspect shares a worker with fewer and fewer others, so that
/// the cause is alone when it kills for the third time, and its innocent company of the first time is not. Once the rows
/// that a worker was lost with have been finished, the job was not the cause, and nothing is held against it.
package enum Suspicion: Sendable {
    case none, some, strong

    /// Jobs that may be on one worker together with it, itself included.
    package var company: Int {
        switch self {
        case .none: .max
        case .some: 32
        case .strong: 1
        }
    }
}

extension JobRecord {
    package var suspicion: Suspicion {
        switch lostWorkers {
        case 0: .none
        case 1: .some
        default: .strong
        }
    }
}
