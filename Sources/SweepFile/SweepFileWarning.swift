/// What a sweep's file says that does something else than its writer may think.
package enum SweepFileWarning: Sendable, Equatable {
    case ignored(key: String, reason: String)
    /// `log_uniform` takes exponents of e, and these look like values.
    case exponents(name: String, found: [String], drawn: [String], distribution: String)
    /// Whole bounds draw whole numbers, of something that takes fractions.
    case wholeNumbersOnly(name: String, least: Int, most: Int)
    /// A distribution without bounds of something that has them.
    case unbounded(name: String, expected: String)
    /// The goal is the opposite of what is good.
    case goal(metric: String, expected: String, found: String, isGiven: Bool)
    case unreachedRungs(found: [Int], mostEpochs: Int)
    case nothingPruned(pruner: String, mostEpochs: Int)
}

extension SweepFileWarning: CustomStringConvertible {
    package var description: String {
        switch self {
        case .ignored(let key, let reason): "'\(key)' is ignored: \(reason)"
        case .exponents(let name, let found, let drawn, let distribution):
            "\(name): \(distribution) takes exponents of e, so that \(found[0]) to \(found[1]) draws from \(drawn[0]) to "
                + "\(drawn[1]); for bounds as they are write \(distribution)_values"
        case .wholeNumbersOnly(let name, let least, let most):
            "\(name): whole bounds draw whole numbers; for those between write \(least).0 and \(most).0"
        case .unbounded(let name, let expected):
            "\(name): the distribution has no bounds; a trial that draws anything but \(expected) is lost"
        case .goal(let metric, let expected, let found, let isGiven):
            "\(metric) is good when the goal is \(expected), found \(found)" + (isGiven ? "" : ", which no goal means")
        case .unreachedRungs(let found, let mostEpochs):
            "no trial goes on after epoch \(found.map(String.init).joined(separator: ", ")): the longest has \(mostEpochs)"
        case .nothingPruned(let pruner, let mostEpochs):
            "\(pruner) stops nothing: the longest trial has \(mostEpochs) \(mostEpochs == 1 ? "epoch" : "epochs") and no rung"
        }
    }
}
