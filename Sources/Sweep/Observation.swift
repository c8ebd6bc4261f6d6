/// Which scores are better.
package enum Direction: String, Sendable, Codable {
    case minimize, maximize

    /// Whether `left` is better than `right`.
    package func prefers(_ left: Double, to right: Double) -> Bool {
        self == .minimize ? left < right : left > right
    }
}

/// What is known of a trial when the next one is suggested.
package struct Observation: Sendable, Equatable {
    package let point: Point
    /// How much of a trial it has done, in epochs; nil while it has not told of any.
    package let resource: Double?
    /// At that resource; nil while there is none, and for a trial that gave no number.
    package let score: Double?
    /// Whether it gave no number (an infeasible point) and never will.
    package let isInfeasible: Bool
    /// Whether it did all that was asked of it, so that a trial of few epochs does not look like one that was cut off.
    package let isComplete: Bool

    package init(
        point: Point, resource: Double?, score: Double?, isInfeasible: Bool = false, isComplete: Bool = false
    ) {
        self.point = point
        self.resource = resource
        self.score = score
        self.isInfeasible = isInfeasible
        self.isComplete = isComplete
    }
}
