/// Why a verb ended without success.
package enum Failure: Error {
    case noInput(path: String, reason: String)
    /// `line` counts from 1.
    case badInput(path: String, line: Int, reason: String)
    case cannotWrite(path: String, reason: String)
    case jobEnded(String)
    case rowsRejected(Int)
    case notReady
    case notFound(String)
    case notPermitted(String)
    case unavailable(String)
    case damaged(String)
    case usage(String)
    case timedOut(String)
    case tryLater(String)
    /// Everything has been said.
    case silent(ExitStatus)

    package var status: ExitStatus {
        switch self {
        case .noInput: .noInput
        case .badInput, .rowsRejected, .damaged: .badData
        case .cannotWrite, .notPermitted: .notPermitted
        case .jobEnded, .notFound: .no
        case .notReady, .tryLater: .tryLater
        case .unavailable: .unavailable
        case .usage: .usage
        case .timedOut: .timedOut
        case .silent(let status): status
        }
    }

    package var sentence: String {
        switch self {
        case .noInput(let path, let reason): "\(path) cannot be read: \(reason)"
        case .badInput(let path, let line, let reason): "\(path):\(line): \(reason)"
        case .cannotWrite(let path, let reason): "\(path) cannot be written: \(reason)"
        case .rowsRejected(let count):
            "\(count == 1 ? "1 row was" : "\(count) rows were") rejected, and left as zeros"
        case .notReady: "no worker is ready"
        case .jobEnded(let sentence), .notFound(let sentence), .notPermitted(let sentence), .unavailable(let sentence),
            .damaged(let sentence), .usage(let sentence), .timedOut(let sentence), .tryLater(let sentence):
            sentence
        case .silent: ""
        }
    }
}
