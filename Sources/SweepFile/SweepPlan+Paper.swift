import Sweep
package import Tasks

extension SweepPlan {
    /// The search of BERT's paper (Devlin et al. 2019, §A.3): all 18 of its settings, the weaker two thirds of them
    /// stopped after an epoch.
    ///
    /// - Throws: a task that there is not
    package static func paper(base: [BaseName: String]) throws(OptionError) -> SweepPlan {
        let task: TaskName =
            if let name = base[.task] { try TaskName(named: name, field: "task") } else { .classification }
        let metric = FineTuningOptions(task: task).metric
        let rates: [ParameterValue] = [.number(5e-5), .number(3e-5), .number(2e-5)]
        var plan = SweepPlan(
            name: nil, description: nil, base: base, task: task, fixed: [:],
            space: SearchSpace([
                Parameter("learning_rate", .categorical(rates, probabilities: nil)),
                Parameter("batch_size", .categorical([.integer(16), .integer(32)], probabilities: nil)),
                Parameter("epochs", .categorical([.integer(2), .integer(3), .integer(4)], probabilities: nil)),
            ]),
            metric: metric, direction: Direction(metric.direction), sampler: .grid, pruner: .asha, rungs: [1],
            reduction: usualReduction, trials: nil, maxParallel: nil, retries: usualRetries, seedsPerTrial: 1, seed: 0)
        plan.trials = plan.space.gridCount
        return plan
    }
}

extension Direction {
    init(_ direction: MetricName.Direction) {
        switch direction {
        case .maximize: self = .maximize
        case .minimize: self = .minimize
        }
    }
}
