/// The tree-structured Parzen estimator (Bergstra et al. 2011), over all parameters together.
///
/// The observations are split into a few good ones and the rest, each becomes a density, and of 24 points drawn from that
/// of the good ones the point is taken that is likeliest under it compared with the rest. Trials that are running count
/// with the rest, so that the next ones look elsewhere. How many are good, their weights and the numbers of points are
/// Optuna's. Its own is that the rest are the latest 400 of them: a suggestion costs the same after ten thousand trials.
struct TreeParzen {
    /// How many candidates are drawn.
    private static let candidates = 24
    private static let mostGood = 25
    /// How many of the rest are looked at.
    private static let mostOthers = 400

    private let axes: [Axis]
    let good: ParzenEstimator
    let others: ParzenEstimator

    init(axes: [Axis], history: History) {
        let tenth = (history.count + 9) / 10
        let best = history.best(min(tenth, Self.mostGood))
        let isGood = Set(best)
        let rest = (history.scored + history.infeasible + history.running).filter { !isGood.contains($0) }
        let row = { (index: Int) in zip(axes, history.point(index).values).map { $0.coordinates(of: $1) } }
        self.axes = axes
        good = ParzenEstimator(axes: axes, rows: best.map(row))
        others = ParzenEstimator(axes: axes, rows: rest.sorted().suffix(Self.mostOthers).map(row))
    }

    func suggest(_ draws: inout Draws) -> Point {
        var best: (row: [ClosedRange<Double>], ratio: Double) = ([], -.infinity)
        for _ in 0..<Self.candidates {
            let row = good.draw(&draws)
            let ratio = good.logDensity(at: row) - others.logDensity(at: row)
            if best.row.isEmpty || ratio > best.ratio { best = (row, ratio) }
        }
        return Point(zip(axes, best.row).map { $0.value(coordinate: Axis.middle($1)) })
    }
}
