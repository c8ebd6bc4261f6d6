/// How much the examples of each label count in the loss.
package enum ClassWeights: Sendable, Hashable {
    /// All the same.
    case none
    /// Rows ÷ (labels × rows of the label), so that every label has the same sum.
    case balanced
    /// One a label, in the order of the labels.
    case list([Double])
}

extension ClassWeights {
    /// `none`, `balanced`, or numbers above 0 with commas between.
    init?(text: String) {
        switch Spelling.folded(text) {
        case "none": self = .none
        case "balanced": self = .balanced
        default:
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let weights = parts.compactMap { Double($0.filter { $0 != " " }) }
            guard weights.count == parts.count, weights.allSatisfy({ $0 > 0 && $0.isFinite }) else { return nil }
            self = .list(weights)
        }
    }

    var text: String {
        switch self {
        case .none: "none"
        case .balanced: "balanced"
        case .list(let weights): weights.map { "\($0)" }.joined(separator: ",")
        }
    }
}
