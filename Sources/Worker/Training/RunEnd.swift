package import Messages

/// How a lease of a run ended.
package enum RunEnd: Sendable {
    case finished(RunResult, Usage)
    case unfinished(Unfinished.Reason, ServiceError)
}

extension RunEnd: CustomStringConvertible {
    package var description: String {
        switch self {
        case .finished(let result, _):
            result.metrics.map { "\($0.name) \($0.value.map { "\($0)" } ?? "undefined")" }.joined(separator: ", ")
        case .unfinished(let reason, let error): "\(reason.rawValue), \(error)"
        }
    }
}
