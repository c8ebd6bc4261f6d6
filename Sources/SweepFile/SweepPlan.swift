package import Sweep
package import Tasks

/// A sweep as its file, or the paper, plans it: what is searched, how, and what every trial shares.
package struct SweepPlan: Sendable, Equatable {
    package var name: String?
    package var description: String?
    /// Task, data, model and columns; flags are merged in.
    package var base: [BaseName: String]
    package var task: TaskName
    /// Settings that no trial changes, by the names of ``Hyperparameter``.
    package var fixed: [String: String]
    /// Parameters have the names of ``Hyperparameter``, in the order of the file; none is constant.
    package var space: SearchSpace
    package var metric: MetricName
    package var direction: Direction
    package var sampler: SamplerName
    package var pruner: PrunerName
    /// The epochs after which trials are compared, ascending, each below the longest trial's.
    package var rungs: [Int]
    /// One trial in so many goes on from a rung.
    package var reduction: Int
    /// In all (`run_cap`); nil if the file does not say and the space has no end.
    package var trials: Int?
    /// Nil: as many as there are workers.
    package var maxParallel: Int?
    package var retries: Int
    package var seedsPerTrial: Int
    package var seed: UInt64

    package static let usualReduction = 3
    package static let usualRetries = 2

    /// The base that a trial cannot do without and that is not known yet.
    package var missing: [BaseName] { BaseName.required.filter { base[$0] == nil } }

    /// What the study is made of.
    ///
    /// - Parameter trials: how many where the plan does not say
    package func definition(trials: Int) -> StudyDefinition {
        StudyDefinition(
            space: space, direction: direction, sampler: sampler, pruner: pruner, rungs: rungs.map(Double.init),
            reduction: reduction, seed: seed, trials: self.trials ?? trials, seedsPerTrial: seedsPerTrial,
            retries: retries, maxParallel: maxParallel)
    }
}
