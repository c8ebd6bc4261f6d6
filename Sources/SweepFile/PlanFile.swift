import Tasks

/// A sweep's file that was read and found good: its plan, and what is doubtful about it.
///
/// The schema is W&B's; keys of our own begin with `x-`, and what W&B's tools alone can use is named and ignored:
///
///     method: random                 x-sampler: tpe          (random, grid, tpe, bayes; wins over method)
///     metric: {name, goal}           x-pruner: asha          (none, asha, hyperband, median)
///     parameters: …                  x-rungs: [1, 3]         epochs after which trials are compared
///     early_terminate: …             x-reduction: 3          one trial in so many goes on from a rung
///     run_cap: 24                    x-max-parallel: 4       trials at once
///     name, description: …           x-retries: 2            of a stretch of a trial that failed
///                                    x-seeds-per-trial: 1    runs whose mean is a trial's score
///                                    x-seed: 0               of the search
package struct PlanFile: Sendable {
    package let path: String
    package let plan: SweepPlan
    package let warnings: [Placed<SweepFileWarning>]
    private let basePlace: Place

    /// - Parameters:
    ///   - path: as errors call the file
    ///   - flags: what was given beside it, and wins over it
    package static func read(
        _ bytes: [UInt8], path: String, flags: [BaseName: String] = [:]
    ) throws(SweepFileError) -> PlanFile {
        let findings = Findings()
        let read = findings.attempt { () throws(PlacedFault) in
            try PlanReader(root: YAMLText.root(of: bytes), findings: findings, flags: flags).read()
        }
        guard findings.faults.isEmpty, let (plan, basePlace) = read else {
            throw SweepFileError(path: path, faults: findings.faults)
        }
        let warnings = findings.warnings.sorted { ($0.place ?? .beginning) < ($1.place ?? .beginning) }
        return PlanFile(path: path, plan: plan, warnings: warnings, basePlace: basePlace)
    }

    /// `sweep.yaml:2:1: 'program' is ignored: …`, in the order of the file.
    package var warningLines: [String] { warnings.map { $0.line(in: path) } }

    /// Finds out whether all is known that a trial needs, and names the flags that say the rest.
    package func requireBase() throws(SweepFileError) {
        let missing = plan.missing
        guard !missing.isEmpty else { return }
        let found = "a task (\(plan.task.rawValue)) without \(missing.map(\.rawValue).joined(separator: " and "))"
        let fault = SweepFileFault.withoutBase(flags: missing.map(\.flag), found: found)
        throw SweepFileError(path: path, faults: [Placed(fault, at: basePlace)])
    }
}
