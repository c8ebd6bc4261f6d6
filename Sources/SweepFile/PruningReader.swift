import Sweep

/// Reads what is stopped early, and after how many epochs trials are compared.
///
/// `early_terminate` counts evaluations in W&B; there is one an epoch. `x-pruner` wins over its type, and then takes its
/// bands as rungs.
struct PruningReader {
    struct Pruning {
        var pruner = PrunerName.none
        var rungs: [Int] = []
        var reduction = SweepPlan.usualReduction
    }

    /// What `early_terminate` says.
    private struct Hyperband {
        let bands: [Int]
        let eta: Int
    }

    let file: Section
    let findings: Findings
    /// Of the longest trial.
    let mostEpochs: Int

    private static let mostReduction = 1000

    func read() -> Pruning {
        findings.attempt { () throws(PlacedFault) in try pruning() } ?? Pruning()
    }

    private func pruning() throws(PlacedFault) -> Pruning {
        let hyperband = try hyperband()
        let own = try file["x-pruner"]?.choice(of: PrunerName.self)
        for key in ["x-rungs", "x-reduction"] where hyperband != nil && file[key] != nil {
            throw Placed(
                .givenTwice(name: "rungs", found: ["early_terminate", key]), at: file[key]?.keyPlace ?? file.place)
        }
        let reduction = try file["x-reduction"]?.whole(in: 2...Self.mostReduction)
        let rungs = try ownRungs()
        var pruning = Pruning(pruner: own ?? (hyperband == nil ? .none : .hyperband))
        guard pruning.pruner != .none else {
            ignore(["x-rungs", "x-reduction"], reason: "nothing is stopped without x-pruner")
            return pruning
        }
        if pruning.pruner == .median {
            ignore(["x-reduction"], reason: "the median stops half")
        } else {
            pruning.reduction = reduction ?? hyperband?.eta ?? SweepPlan.usualReduction
        }
        pruning.rungs = reached(rungs ?? hyperband?.bands ?? usual(pruning))
        return pruning
    }

    private func ignore(_ keys: [String], reason: String) {
        for key in keys {
            if let entry = file[key] { findings.warn(.ignored(key: key, reason: reason), at: entry.keyPlace) }
        }
    }

    /// Each epoch for the median; for the others 1, reduction, reduction² …
    private func usual(_ pruning: Pruning) -> [Int] {
        pruning.pruner == .median ? Array(1..<max(1, mostEpochs)) : bands(from: 1, eta: pruning.reduction)
    }

    private func bands(from first: Int, eta: Int) -> [Int] {
        Array(sequence(first: first) { $0 * eta }.prefix { $0 < mostEpochs })
    }

    private func ownRungs() throws(PlacedFault) -> [Int]? {
        guard let entry = file["x-rungs"] else { return nil }
        var rungs: [Int] = []
        for item in try entry.list() {
            let rung = try item.whole(in: 1...PlanReader.mostEpochs)
            guard rungs.last.map({ $0 < rung }) ?? true else {
                throw item.fault(expected: "more epochs than at the rung before")
            }
            rungs.append(rung)
        }
        return rungs
    }

    /// Rungs that some trial goes on from.
    private func reached(_ rungs: [Int]) -> [Int] {
        let unreached = rungs.filter { $0 >= mostEpochs }
        let place = file["x-rungs"]?.place ?? file["early_terminate"]?.keyPlace
        if !unreached.isEmpty {
            findings.warn(.unreachedRungs(found: unreached, mostEpochs: mostEpochs), at: place)
        }
        let reached = rungs.filter { $0 < mostEpochs }
        if reached.isEmpty {
            let name = file["x-pruner"].flatMap { try? $0.text() } ?? "early_terminate"
            findings.warn(
                .nothingPruned(pruner: name, mostEpochs: mostEpochs), at: file["x-pruner"]?.keyPlace ?? place)
        }
        return reached
    }

    private func hyperband() throws(PlacedFault) -> Hyperband? {
        guard let section = try file["early_terminate"]?.nested() else { return nil }
        section.reportUnknown(expected: ["type", "min_iter", "max_iter", "s", "eta", "strict"], to: findings)
        _ = try section.required("type").choice(of: TerminationName.self)
        let eta = try section["eta"]?.whole(in: 2...Self.mostReduction) ?? SweepPlan.usualReduction
        if let strict = section["strict"], try !strict.flag() {
            let reason = "a trial that trails at a rung is always stopped"
            findings.warn(.ignored(key: strict.name, reason: reason), at: strict.keyPlace)
        }
        return Hyperband(bands: try bands(section, eta: eta), eta: eta)
    }

    /// min_iter · eta^k, or max_iter ÷ eta^k for k from 1 to s.
    private func bands(_ section: Section, eta: Int) throws(PlacedFault) -> [Int] {
        let least = section["min_iter"]
        guard let most = section["max_iter"] else {
            guard let least else {
                throw Placed(
                    .missing(
                        of: section.name, expected: "'min_iter', or 'max_iter' and 's'", found: "neither"),
                    at: section.place)
            }
            return bands(from: try least.whole(in: 1 ... .max), eta: eta)
        }
        guard least == nil else {
            throw Placed(
                .givenTwice(name: "early_terminate", found: ["min_iter", "max_iter"]), at: most.keyPlace)
        }
        let largest = try most.whole(in: 1 ... .max)
        let brackets = try section.required("s").whole(in: 1 ... .max)
        let bands = sequence(first: largest / eta) { $0 / eta }.prefix(min(brackets, 64)).prefix { $0 >= 1 }
        guard !bands.isEmpty else {
            throw most.fault(expected: "at least eta, \(eta), so that there is a band")
        }
        return bands.reversed()
    }
}

/// The one that W&B has.
private enum TerminationName: String, CaseIterable {
    case hyperband
}
