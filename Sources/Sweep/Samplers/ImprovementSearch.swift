import Glibc

/// Looks for the point of most expected improvement: candidates all over the space and around the best trials, of which
/// a few are improved step by step.
struct ImprovementSearch {
    private static let everywhere = 768
    private static let aroundBest = 256
    /// How many candidates are improved.
    private static let starts = 4
    private static let rounds = 4
    private static let evaluations = 40

    private let axes: [Axis]
    /// Coordinates after those of the axes, which stay.
    private let fixed: [Double]
    private let improvement: ExpectedImprovement
    /// Axes along which there is a gradient.
    private let continuous: [Int]

    private typealias Found = (point: [Double], value: Double)

    init(axes: [Axis], fixed: [Double], improvement: ExpectedImprovement) {
        self.axes = axes
        self.fixed = fixed
        self.improvement = improvement
        continuous = axes.indices.filter { axes[$0].isContinuous }
    }

    /// - Parameter near: points of good trials, the best first
    func best(near: [[Double]], _ draws: inout Draws) -> [Double] {
        let candidates = (spread(&draws) + around(near, &draws)).map {
            (point: $0, value: improvement.logarithm(at: $0))
        }
        // The best; others at random, each as likely as it promises improvement (Gumbel's way to draw without putting
        // back); and the best trial, in whose basin the best point often lies.
        let keys = candidates.map { $0.value - log(-log(draws.unit())) }
        let first = candidates.indices.max { candidates[$0].value < candidates[$1].value } ?? 0
        let others = candidates.indices.filter { $0 != first }.sorted { (keys[$0], $0) > (keys[$1], $1) }
        var starts = ([first] + others.prefix(Self.starts - 1)).map { candidates[$0] }
        if let known = near.first { starts.append((known, improvement.logarithm(at: known))) }
        return starts.map(improved).max { $0.value < $1.value }?.point ?? []
    }

    /// Points that fill the space evenly: multiples of powers of the generalized golden ratio (Roberts 2018), shifted at
    /// random.
    private func spread(_ draws: inout Draws) -> [[Double]] {
        var ratio = 1.5
        for _ in 0..<40 { ratio = pow(1 + ratio, 1 / Double(axes.count + 1)) }
        let steps = axes.indices.map { pow(ratio, -Double($0 + 1)) }
        let shifts = axes.map { _ in draws.unit() }
        return (0..<Self.everywhere).map { index in
            axes.indices.map { axis in
                let place = shifts[axis] + Double(index) * steps[axis]
                return axes[axis].coordinate(at: place - place.rounded(.down))
            } + fixed
        }
    }

    /// Points near those given, at distances from a fifth of the space to a hundredth.
    private func around(_ near: [[Double]], _ draws: inout Draws) -> [[Double]] {
        guard !near.isEmpty else { return [] }
        return (0..<Self.aroundBest).map { index in
            let center = near[index % near.count]
            let deviation = 0.2 * exp2(-Double(index / near.count % 5))
            return axes.indices.map { axis in
                let u = draws.unit()
                if axes[axis].isCategory { return u < 0.2 ? axes[axis].coordinate(at: u / 0.2) : center[axis] }
                let place = center[axis] + deviation * StandardNormal.quantile(u)
                return axes[axis].coordinate(at: min(max(place, 0), 1))
            } + fixed
        }
    }

    /// Climbs along the continuous axes and tries other values of the rest, until neither helps.
    private func improved(_ start: Found) -> Found {
        var best = start
        for _ in 0..<Self.rounds {
            best = climbed(best)
            var hasChanged = false
            for axis in axes.indices {
                for coordinate in axes[axis].neighbors(of: best.point[axis]) {
                    var point = best.point
                    point[axis] = coordinate
                    let value = improvement.logarithm(at: point)
                    if value > best.value { (best, hasChanged) = ((point, value), true) }
                }
            }
            guard hasChanged else { break }
        }
        return best
    }

    /// Distances are measured in length scales, which makes all axes alike.
    private func climbed(_ start: Found) -> Found {
        guard !continuous.isEmpty else { return start }
        let scales = continuous.map { improvement.process.kernel.inverseSquares[$0].squareRoot() }
        let search = ProjectedGradient(
            lower: scales.map { _ in 0 }, upper: scales, evaluations: Self.evaluations, tolerance: 1e-3)
        let point = { (scaled: [Double]) in
            var point = start.point
            for (place, axis) in continuous.enumerated() { point[axis] = min(scaled[place] / scales[place], 1) }
            return point
        }
        let end = search.minimize(from: zip(continuous, scales).map { start.point[$0] * $1 }) { scaled in
            let (logarithm, gradient) = improvement.slopes(at: point(scaled))
            return (-logarithm, zip(continuous, scales).map { -gradient[$0] / $1 })
        }
        return -end.value > start.value ? (point(end.point), -end.value) : start
    }
}
