import Sweep
import Tasks
import Yams

/// Reads the top level of a sweep's file.
struct PlanReader {
    static let readKeys = [
        "method", "metric", "parameters", "early_terminate", "run_cap", "name", "description", "x-sampler", "x-pruner",
        "x-rungs", "x-reduction", "x-max-parallel", "x-retries", "x-seeds-per-trial", "x-seed",
    ]
    /// W&B's own, with the reason why they say nothing here.
    static let ignoredKeys = [
        ("program", "trials are fine-tuned by the service's workers"),
        ("command", "trials are fine-tuned by the service's workers"),
        ("job", "trials are jobs of this service"), ("image_uri", "trials are jobs of this service"),
        ("project", "a sweep belongs to no account"), ("entity", "a sweep belongs to no account"),
        ("controller", "bertctl controls the sweep"), ("apiVersion", "there is one version"),
        ("kind", "a sweep is what is read"),
    ]

    /// As many as fine-tuning takes.
    static let mostEpochs = 10_000

    let root: Node
    let findings: Findings
    let flags: [BaseName: String]

    func read() throws(PlacedFault) -> (SweepPlan, Place) {
        let file = try Section(root, name: "", place: .beginning)
        file.reportUnknown(expected: Self.readKeys + Self.ignoredKeys.map(\.0), to: findings)
        for (key, reason) in Self.ignoredKeys {
            if let entry = file[key] { findings.warn(.ignored(key: key, reason: reason), at: entry.keyPlace) }
        }
        let sampler = findings.attempt { () throws(PlacedFault) in try self.sampler(file) } ?? .random
        let parameters = ParametersReader(findings: findings, flags: flags)
            .read(try file.required("parameters").nested())
        let metric = MetricReader(task: parameters.task, findings: findings)
        let (name, direction) = findings.attempt { () throws(PlacedFault) in try metric.read(file) } ?? metric.usual
        checkTogether(parameters)
        if sampler == .grid { refuseContinuous(parameters) }
        let pruning = PruningReader(file: file, findings: findings, mostEpochs: mostEpochs(parameters)).read()
        var plan = SweepPlan(
            name: text("name", file), description: text("description", file), base: parameters.base,
            task: parameters.task, fixed: parameters.fixed, space: SearchSpace(parameters.searched), metric: name,
            direction: direction, sampler: sampler, pruner: pruning.pruner, rungs: pruning.rungs,
            reduction: pruning.reduction, trials: count("run_cap", 1...10_000_000, file),
            maxParallel: count("x-max-parallel", 1...100_000, file),
            retries: count("x-retries", 0...1000, file) ?? SweepPlan.usualRetries,
            seedsPerTrial: count("x-seeds-per-trial", 1...1000, file) ?? 1,
            seed: seed(file))
        if sampler == .grid, let points = plan.space.gridCount, points < .max {
            plan.trials = min(plan.trials ?? points, points)
        }
        refuseSeeds(plan, parameters, file)
        return (plan, parameters.basePlace)
    }

    /// Our own name wins, so that the same file goes on saying something to W&B.
    private func sampler(_ file: Section) throws(PlacedFault) -> SamplerName {
        let own = try file["x-sampler"]?.choice(of: SamplerName.self)
        if let own, file["method"] == nil { return own }
        let method = try file.required("method")
        let name = try method.choice(of: MethodName.self)
        guard let sampler = own ?? SamplerName(name) else {
            throw method.fault(expected: "'x-sampler' beside it, or one of random, grid, bayes")
        }
        return sampler
    }

    private func refuseContinuous(_ parameters: ParametersReader.Result) {
        for (name, distribution, place) in parameters.continuous {
            findings.fail(.continuousGrid(name: name, found: distribution.rawValue), at: place)
        }
    }

    /// Settings that are good one by one and not together: a trial of the first values is tried out.
    private func checkTogether(_ parameters: ParametersReader.Result) {
        guard findings.faults.isEmpty else { return }
        let first = parameters.searched.map { (name: $0.name, value: $0.distribution.example.description) }
        do {
            let fixed = parameters.fixed.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
            _ = try FineTuningOptions(task: parameters.task, settings: fixed + first)
        } catch {
            findings.fail(.option(error), at: parameters.places[error.field] ?? parameters.basePlace)
        }
    }

    private func mostEpochs(_ parameters: ParametersReader.Result) -> Int {
        let usual = FineTuningOptions(task: parameters.task).epochs
        if let fixed = parameters.fixed["epochs"] { return Int(fixed) ?? usual }
        let searched = parameters.searched.first { $0.name == "epochs" }?.distribution.mostWhole
        return min(max(searched ?? usual, 1), Self.mostEpochs)
    }

    private func refuseSeeds(_ plan: SweepPlan, _ parameters: ParametersReader.Result, _ file: Section) {
        guard plan.seedsPerTrial > 1, let place = parameters.places["seed"] else { return }
        findings.fail(.givenTwice(name: "seed", found: ["seed", "x-seeds-per-trial"]), at: place)
    }

    private func text(_ key: String, _ file: Section) -> String? {
        guard let entry = file[key] else { return nil }
        return findings.attempt { () throws(PlacedFault) in try entry.text() }
    }

    private func seed(_ file: Section) -> UInt64 {
        guard let entry = file["x-seed"] else { return 0 }
        return findings.attempt { () throws(PlacedFault) in
            guard let seed = UInt64(try entry.text()) else { throw entry.fault(expected: "a whole number from 0") }
            return seed
        } ?? 0
    }

    private func count(_ key: String, _ range: ClosedRange<Int>, _ file: Section) -> Int? {
        guard let entry = file[key] else { return nil }
        return findings.attempt { () throws(PlacedFault) in try entry.whole(in: range) }
    }
}

/// W&B's names of samplers.
enum MethodName: String, CaseIterable {
    case random, grid, bayes
    /// The file's own program samples.
    case custom
}

extension SamplerName {
    init?(_ method: MethodName) {
        switch method {
        case .random: self = .random
        case .grid: self = .grid
        case .bayes: self = .gaussianProcess
        case .custom: return nil
        }
    }
}
