package import Sweep

/// All that a report tells of a study; equal values make equal files.
package struct ReportStudy: Sendable {
    /// The best trial and what is known of it beyond its score.
    package struct Winner: Sendable {
        package let trial: Int
        /// That trains this model again, whole, as a shell takes it.
        package let command: String
        package let test: TestScore?

        package init(trial: Int, command: String, test: TestScore? = nil) {
            self.trial = trial
            self.command = command
            self.test = test
        }
    }

    /// The winner's score on rows that no trial was judged by.
    package struct TestScore: Sendable {
        package let value: Double
        /// Between the 2.5th and the 97.5th percentile of bootstrap samples of the rows.
        package let interval: ClosedRange<Double>?

        package init(value: Double, interval: ClosedRange<Double>? = nil) {
            self.value = value
            self.interval = interval
        }
    }

    package var name: String
    package var description: String?
    package var task: String
    package var model: String
    package var data: String
    package var metric: String
    package var direction: Direction
    /// In words: how points are found, `TPE, seed 7`.
    package var method: String
    /// In words: which trials are stopped early; nil where none is.
    package var pruner: String?
    package var space: SearchSpace
    /// The epochs at which trials are compared.
    package var rungs: [Double]
    /// Those that were there, also the ones that no trial ran on.
    package var workers: [String]
    /// Since 1970 (UTC), as all times here.
    package var begun: Duration
    /// Nil while it runs.
    package var ended: Duration?
    /// When the report was made.
    package var drawn: Duration
    package var trials: [ReportTrial]
    package var winner: Winner?
    /// The command that makes this report again.
    package var remake: String

    package init(
        name: String, description: String? = nil, task: String, model: String, data: String, metric: String,
        direction: Direction, method: String, pruner: String? = nil, space: SearchSpace, rungs: [Double] = [],
        workers: [String] = [], begun: Duration, ended: Duration? = nil, drawn: Duration, trials: [ReportTrial],
        winner: Winner? = nil, remake: String
    ) {
        self.name = name
        self.description = description
        self.task = task
        self.model = model
        self.data = data
        self.metric = metric
        self.direction = direction
        self.method = method
        self.pruner = pruner
        self.space = space
        self.rungs = rungs
        self.workers = workers
        self.begun = begun
        self.ended = ended
        self.drawn = drawn
        self.trials = trials
        self.winner = winner
        self.remake = remake
    }
}

extension ReportStudy {
    /// The parameters that are not the same in every trial.
    var searched: [Parameter] {
        space.parameters.filter { parameter in
            guard case .constant(let value) = parameter.distribution else { return true }
            return trials.contains { $0.settings[parameter.name].map { !$0.isSame(as: value) } ?? false }
        }
    }

    /// The others, with their value.
    var fixed: [(name: String, value: ParameterValue)] {
        let searched = Set(searched.map(\.name))
        return space.parameters.compactMap { parameter in
            guard case .constant(let value) = parameter.distribution, !searched.contains(parameter.name) else {
                return nil
            }
            return (parameter.name, value)
        }
    }
}
