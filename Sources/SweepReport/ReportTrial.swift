package import Sweep

/// What a report tells of one trial.
package struct ReportTrial: Sendable {
    package enum State: String, Sendable, CaseIterable {
        case finished, pruned, infeasible, failed, cancelled, running
    }

    /// The metric after so many epochs.
    package struct Measurement: Sendable {
        package let epoch: Double
        package let value: Double

        package init(epoch: Double, value: Double) {
            self.epoch = epoch
            self.value = value
        }
    }

    /// A time that a worker gave to the trial; both ends since 1970 (UTC), no end while it lasts.
    package struct Stretch: Sendable {
        package let worker: String
        package let start: Duration
        package let end: Duration?

        package init(worker: String, start: Duration, end: Duration?) {
            self.worker = worker
            self.start = start
            self.end = end
        }
    }

    /// Unlike that of any other trial of the study.
    package var number: Int
    package var state: State
    /// Why it is in this state, where there is more to say.
    package var reason: String?
    /// By the names of the search space; a name that is missing was not set in this trial.
    package var settings: [String: ParameterValue]
    /// The one that it was judged by last.
    package var score: Double?
    /// As far as it came.
    package var epochs: Double?
    package var curve: [Measurement]
    package var stretches: [Stretch]

    package init(
        number: Int, state: State, reason: String? = nil, settings: [String: ParameterValue], score: Double? = nil,
        epochs: Double? = nil, curve: [Measurement] = [], stretches: [Stretch] = []
    ) {
        self.number = number
        self.state = state
        self.reason = reason
        self.settings = settings
        self.score = score
        self.epochs = epochs
        self.curve = curve
        self.stretches = stretches
    }
}

extension ReportTrial {
    /// Past it differences of scores overflow; what is beyond is no score.
    private static let largest = 1e99

    static func isDrawable(_ value: Double) -> Bool { value.magnitude < largest }

    /// The score where it is a number that can be drawn.
    var drawnScore: Double? { score.flatMap { Self.isDrawable($0) ? $0 : nil } }

    var drawnCurve: [Measurement] {
        curve.filter { $0.epoch >= 0 && Self.isDrawable($0.epoch) && Self.isDrawable($0.value) }
            .sorted { $0.epoch < $1.epoch }
    }

    /// The time that workers gave to it until `now`.
    func workingTime(until now: Duration) -> Duration {
        stretches.reduce(.zero) { $0 + max(.zero, ($1.end ?? now) - $1.start) }
    }
}
