import ArgumentParser
import Client
import Glibc
import Messages
import ModelFiles
import SweepController
import SweepFile
import Tasks

/// What the caller of bertctl learns from its exit code (sysexits.h, timeout(1), and 128 plus a signal).
package enum ExitStatus: Int32 {
    case success = 0
    /// The question was answered, and the answer is no: a job failed, a name is not known.
    case no = 1
    case usage = 2
    case badData = 65
    case noInput = 66
    case unavailable = 69
    case tryLater = 75
    case notPermitted = 77
    case badSettings = 78
    case timedOut = 124

    init(_ error: any Error) {
        switch error {
        case let failure as Failure: self = failure.status
        case let error as ClientError: self = Self.status(of: error)
        case is MessageError, is OptionError: self = .usage
        case is ModelFileError, is SweepFileError: self = .badData
        case let error as SweepError: self = Self.status(of: error)
        default:
            let code = Bertctl.exitCode(for: error)
            self = code == .success ? .success : code == .validationFailure ? .usage : .no
        }
    }

    /// The sentence for stderr; `nil` for what ArgumentParser has to say itself.
    static func sentence(_ error: any Error) -> String? {
        switch error {
        case let failure as Failure: failure.sentence
        case let error as ClientError: error.description
        case let error as MessageError: error.description
        case let error as OptionError: error.description
        case let error as ModelFileError: error.description
        case let error as SweepFileError: error.description
        case let error as SweepError: error.description
        default: nil
        }
    }

    func exit() -> Never { Glibc.exit(rawValue) }

    private static func status(of error: SweepError) -> ExitStatus {
        switch error {
        case .client(let error): status(of: error)
        case .unknownSweep, .noFinishedTrial: .no
        case .otherFormat, .damagedDefinition, .surveyFailed: .badData
        case .tooLarge: .tryLater
        }
    }

    private static func status(of error: ClientError) -> ExitStatus {
        switch error {
        case .invalidAddress: .usage
        case .noService, .messaging: .unavailable
        case .silent: .timedOut
        case .refused(let error): status(of: error)
        case .tooLarge, .unexpected: .badData
        case .unreadable: .noInput
        case .unwritable: .notPermitted
        }
    }

    static func status(of error: ServiceError) -> ExitStatus {
        switch error.code {
        case _ where error.isRetryable: .tryLater
        case .invalid, .invalidUTF8, .tooLarge, .unsupported, .damaged: .badData
        default: .no
        }
    }
}
