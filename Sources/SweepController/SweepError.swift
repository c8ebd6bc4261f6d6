package import Client
import Messages

/// Why a sweep cannot go on.
package enum SweepError: Error {
    case client(ClientError)
    case unknownSweep(String)
    case otherFormat(found: Int, expected: Int)
    case damagedDefinition(String)
    /// The first look at the data came to nothing.
    case surveyFailed(String)
    /// In bytes.
    case tooLarge(needed: Int, free: Int)
    case noFinishedTrial(String)
}

extension SweepError {
    /// Whether the service is only away for now.
    package var isOfTheMoment: Bool {
        switch self {
        case .client(.noService), .client(.silent): true
        case .client(.refused(let error)): error.isRetryable
        default: false
        }
    }
}

extension SweepError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .client(let error): "\(error)"
        case .unknownSweep(let name): "the service has no sweep '\(name)'"
        case .otherFormat(let found, let expected):
            "the sweep's definition has format \(found), this bertctl reads format \(expected)"
        case .damagedDefinition(let reason): "the sweep's definition cannot be read: \(reason)"
        case .surveyFailed(let reason): "the data cannot be trained on: \(reason)"
        case .tooLarge(let needed, let free):
            "the sweep may need \(needed >> 20) MiB of checkpoints at once, and the service has \(free >> 20) MiB free"
        case .noFinishedTrial(let name): "no trial of sweep '\(name)' has a score yet"
        }
    }
}
