/// When the development sets are judged.
package enum EvaluationInterval: Sendable, Hashable {
    /// After each epoch.
    case epoch
    /// After so many steps, and at the end.
    case steps(Int)
}

extension EvaluationInterval {
    /// `epoch`, or a number of steps.
    init?(text: String) {
        if Spelling.folded(text) == "epoch" {
            self = .epoch
        } else if let count = Int(text), count > 0 {
            self = .steps(count)
        } else {
            return nil
        }
    }

    var text: String {
        switch self {
        case .epoch: "epoch"
        case .steps(let count): "\(count)"
        }
    }
}
