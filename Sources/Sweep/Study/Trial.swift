/// One point of the search space, and how far it has been tried.
///
///     running ──► waiting ──► running ──► … ──► finished
///        │           └──────► pruned
///        └──► infeasible, failed, cancelled
package struct Trial: Sendable {
    package enum State: String, Sendable {
        /// At least one of its stretches is somebody's to do.
        case running
        /// At a rung, and may go on.
        case waiting
        case finished, pruned, infeasible, failed, cancelled

        package var isEnded: Bool { self != .running && self != .waiting }
    }

    /// A run of the trial, with a seed of its own.
    package struct Replica: Sendable {
        /// The metric by epochs, ascending.
        package internal(set) var curve: [(epochs: Double, value: Double)] = []
        /// Epochs done at the end of its last stretch.
        package internal(set) var epochs = 0.0
        /// Stretches that have come to their end.
        package internal(set) var reached = 0
        package internal(set) var attempt = 0
        var isOpen = false
        /// It stopped by itself before its goal.
        var hadEnough = false
    }

    package let number: Int
    package internal(set) var point: Point
    /// In epochs, ascending: where its stretches end. The last is its whole length.
    package internal(set) var goals: [Double]
    package internal(set) var state = State.running
    package internal(set) var replicas: [Replica]
    /// At each rung that all replicas have reached: the mean of the best that each had found by then.
    package internal(set) var scores: [Double] = []

    package var score: Double? { scores.last }
    /// Stretches that all replicas have done.
    package var reached: Int { replicas.map(\.reached).min() ?? 0 }

    init(number: Int, point: Point, goals: [Double], replicas: Int) {
        self.number = number
        self.point = point
        self.goals = goals
        self.replicas = Array(repeating: Replica(), count: replicas)
    }
}
