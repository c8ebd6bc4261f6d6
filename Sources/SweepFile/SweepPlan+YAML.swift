import Sweep
import Tasks

extension SweepPlan {
    /// The plan as a file, with a comment at whatever a person may want to change; reads back to the same plan.
    package var commentedYAML: String {
        var text = """
            # A sweep of bertd: 'bertctl sweep run' with this file's name.
            # The schema is W&B's; keys that begin with x- are bertd's own.

            """
        if let name { text += "\nname: \(YAMLScalar.text(name))\n" }
        if let description { text += "\ndescription: \(YAMLScalar.text(description))\n" }
        return text + search + judgement + parameters + pruning + running
    }

    private var search: String {
        let method =
            switch sampler {
            case .random: "random"
            case .grid: "grid"
            case .tpe, .gaussianProcess: "bayes"
            }
        let own = sampler == .tpe ? "x-sampler: tpe\n" : ""
        return """

            # How settings are found: random, grid, or bayes (a Gaussian process); 'x-sampler: tpe' wins over it.
            method: \(method)
            \(own)# Trials in all.
            \(trials.map { "run_cap: \($0)" } ?? "# run_cap: 24")
            # Of all that is random in the search.
            x-seed: \(seed)

            """
    }

    private var judgement: String {
        let metrics = [.loss] + MetricName.judging(task.kind)
        return """

            # What a trial is judged by, on the development set: \(metrics.map(\.rawValue).joined(separator: ", ")).
            metric:
              name: \(metric.rawValue)
              goal: \(direction.rawValue)

            """
    }

    private var parameters: String {
        var text = """

            parameters:
              # What all trials share; what is missing here is given as flags.

            """
        for name in BaseName.allCases {
            if let value = base[name] {
                text += "  \(name.rawValue):\n    value: \(YAMLScalar.text(value))\n"
            } else {
                text += "  # \(name.rawValue): {value: \(name.flag.split(separator: " ")[1])}\n"
            }
        }
        text += "\n  # Any hyper-parameter that 'bertctl finetune --list-settings' lists, fixed or searched.\n"
        for (name, value) in fixed.sorted(by: { $0.key < $1.key }) {
            text += section(name, lines: ["value: \(YAMLScalar.setting(value))"])
        }
        for parameter in space.parameters { text += section(parameter.name, lines: parameter.distribution.yaml) }
        return text
    }

    private func section(_ name: String, lines: [String]) -> String {
        let entry = Hyperparameter.all.first { $0.name == name }
        let comment = entry.map { "  # \($0.summary) Takes \($0.values).\n" } ?? ""
        return comment + "  \(name):\n" + lines.map { "    \($0)\n" }.joined()
    }

    private var pruning: String {
        let isNone = pruner == .none
        return """

            # Which trials are stopped early: none; asha, where a trial waits until it is among the best at its rung;
            # hyperband, where it goes on at once or never; median, where it must be better than half.
            x-pruner: \(pruner.rawValue)
            # The epochs after which trials are compared.
            \(isNone ? "# x-rungs: [1]" : "x-rungs: [\(rungs.map(String.init).joined(separator: ", "))]")
            # One trial in so many goes on from a rung.
            \(isNone || pruner == .median ? "# x-reduction: 3" : "x-reduction: \(reduction)")

            """
    }

    private var running: String {
        """

        # Trials at once; by default as many as there are workers.
        \(maxParallel.map { "x-max-parallel: \($0)" } ?? "# x-max-parallel: 2")
        # How often a stretch of a trial that failed is tried again, elsewhere where there is an elsewhere.
        x-retries: \(retries)
        # Runs a trial, each with a seed of its own; its score is their mean.
        x-seeds-per-trial: \(seedsPerTrial)

        """
    }
}

extension Distribution {
    /// The lines of the parameter's section.
    fileprivate var yaml: [String] {
        switch self {
        case .constant(let value): ["value: \(YAMLScalar.of(value))"]
        case .categorical(let values, let probabilities):
            ["values: [\(values.map(YAMLScalar.of).joined(separator: ", "))]"]
                + (probabilities.map { ["probabilities: [\($0.map { "\($0)" }.joined(separator: ", "))]"] } ?? [])
        case .integerUniform(let range):
            ["distribution: int_uniform", "min: \(range.lowerBound)", "max: \(range.upperBound)"]
        case .uniform(let range, let step): Self.between(range, "uniform", step)
        case .logUniform(let range, let step): Self.between(range, "log_uniform_values", step)
        case .inverseLogUniform(let range): Self.between(range, "inv_log_uniform_values", nil)
        case .normal(let mean, let deviation, let step):
            Self.named("normal", step) + ["mu: \(mean)", "sigma: \(deviation)"]
        case .logNormal(let mean, let deviation, let step):
            Self.named("log_normal", step) + ["mu: \(mean)", "sigma: \(deviation)"]
        case .beta(let a, let b, let step): Self.named("beta", step) + ["a: \(a)", "b: \(b)"]
        }
    }

    private static func between(_ range: ClosedRange<Double>, _ name: String, _ step: Double?) -> [String] {
        named(name, step) + ["min: \(range.lowerBound)", "max: \(range.upperBound)"]
    }

    private static func named(_ name: String, _ step: Double?) -> [String] {
        guard let step else { return ["distribution: \(name)"] }
        return ["distribution: q_\(name)", "q: \(step)"]
    }
}
