/// Bayesian optimization: the next point is where a Gaussian process expects most improvement (Snoek et al. 2012).
///
/// How far a trial went is one more axis of the kernel (Klein et al. 2017), so that trials that were cut off teach what
/// they can, while improvement is looked for where trials are complete. An infeasible trial counts as the worst score. The
/// next point keeps away from trials that are running. Since a fit costs the cube of its rows there are at most 200: the
/// best 100 trials and the latest 100 of the others; and of those that are running the latest 50 are looked at.
struct GaussianProcessSearch {
    private static let mostBest = 100
    private static let mostOthers = 100
    private static let mostRunning = 50
    /// The best trials, around which candidates are looked for.
    private static let mostNear = 4

    private let axes: [Axis]
    /// The axes that the process sees: those that are not fixed.
    private let free: [Int]
    /// Whether progress is an axis.
    private let hasProgress: Bool
    let improvement: ExpectedImprovement
    private let near: [[Double]]

    /// - Parameter history: with a scored trial at least
    init(axes: [Axis], history: History) {
        let (known, running) = Self.trials(of: history)
        let free = axes.indices.filter { !axes[$0].isFixed }
        let hasProgress = known.contains { history.progress($0) < 1 }
        let row = { (index: Int, progress: Double) in
            free.map { axes[$0].coordinate(of: history.point(index).values[$0]) } + (hasProgress ? [progress] : [])
        }
        let rows = known.map { row($0, history.progress($0)) }
        let values = Self.standardized(Self.losses(known, history))
        let isCategory = free.map { axes[$0].isCategory } + (hasProgress ? [false] : [])
        let kernel = MarginalLikelihood(rows: rows, isCategory: isCategory, values: values).likeliestKernel()
        let process = GaussianProcess(kernel, rows: rows, isCategory: isCategory, values: values)
        let complete = known.indices.filter { history.progress(known[$0]) == 1 }
        improvement = ExpectedImprovement(
            process: process, best: complete.map { values[$0] }.reduce(.infinity, min),
            running: running.map { row($0, 1) })
        let order = complete.sorted { (values[$0], $0) < (values[$1], $1) }
        near = order.prefix(Self.mostNear).map { rows[$0] }
        (self.axes, self.free, self.hasProgress) = (axes, free, hasProgress)
    }

    /// The trials that the process is told of.
    static func trials(of history: History) -> (known: [Int], running: [Int]) {
        let best = history.best(mostBest)
        let isBest = Set(best)
        let others = (history.scored + history.infeasible).filter { !isBest.contains($0) }
        return (best + others.sorted().suffix(mostOthers), Array(history.running.suffix(mostRunning)))
    }

    /// What the trials lost, and those without a score as much as the worst.
    private static func losses(_ known: [Int], _ history: History) -> [Double] {
        let infeasible = Set(history.infeasible)
        let worst = known.lazy.filter { !infeasible.contains($0) }.map(history.loss).max() ?? 0
        return known.map { infeasible.contains($0) ? worst : history.loss($0) }
    }

    /// With a mean of zero and a variance of one.
    private static func standardized(_ values: [Double]) -> [Double] {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
        return values.map { deviation > 0 ? ($0 - mean) / deviation : 0 }
    }

    func suggest(_ draws: inout Draws) -> Point {
        let search = ImprovementSearch(
            axes: free.map { axes[$0] }, fixed: hasProgress ? [1] : [], improvement: improvement)
        let best = search.best(near: near, &draws)
        var coordinates = axes.map { _ in 0.0 }
        for (place, axis) in free.enumerated() { coordinates[axis] = best[place] }
        return Point(zip(axes, coordinates).map { $0.value(coordinate: $1) })
    }
}
