/// How much of the variance of the score over the search space each parameter explains by itself (functional ANOVA:
/// Hutter, Hoos and Leyton-Brown 2014, algorithms 1 and 2).
///
/// A forest of regression trees stands for the score at every point of the space. A tree is constant on the boxes of
/// its leaves, so the mean over all other parameters is a weighted sum over leaves, without any sampling.
struct FunctionalANOVA {
    struct Share: Equatable {
        let name: String
        /// Of the variance, 0 to 1; the mean of the trees.
        let mean: Double
        /// Four trees in five lie between.
        let spread: ClosedRange<Double>
    }

    /// Largest first.
    let shares: [Share]
    /// What parameters explain only together.
    let rest: Double

    private static let trees = 64
    /// Trials that a tree sees; more cost time and tell nothing.
    private static let mostRows = 1000

    /// - Parameters:
    ///   - points: the cell of each trial in each dimension; `[trials, dimensions]`
    ///   - scores: `[trials]`
    ///   - seed: of the trials that each tree sees; the same seed gives the same shares
    /// - Returns: nil where the scores do not differ
    init?(_ dimensions: [Dimension], points: [[Int]], scores: [Double], seed: UInt64) {
        precondition(points.allSatisfy { $0.count == dimensions.count }, "a point has \(dimensions.count) cells")
        guard let low = scores.min(), let high = scores.max(), low < high else { return nil }
        var random = Shuffle(state: seed)
        let byTree = (0..<Self.trees).compactMap { _ in
            let rows = scores.indices.prefix(Self.mostRows).map { _ in random.index(below: scores.count) }
            return Self.shares(of: RegressionTree(dimensions, points: points, scores: scores, rows: rows), dimensions)
        }
        guard !byTree.isEmpty else { return nil }
        let shares = dimensions.indices.map { dimension in
            let values = byTree.map { $0[dimension] }.sorted()
            return Share(
                name: dimensions[dimension].name, mean: values.reduce(0, +) / Double(values.count),
                spread: ScoreScale.quantile(values, 0.1)...ScoreScale.quantile(values, 0.9))
        }
        // Equal shares keep the order of the space.
        self.shares = shares.enumerated().sorted { ($1.element.mean, $0.offset) < ($0.element.mean, $1.offset) }.map(
            \.element)
        rest = max(0, 1 - shares.reduce(0) { $0 + $1.mean })
    }

    /// Nil for a tree that saw equal scores alone.
    private static func shares(of tree: RegressionTree, _ dimensions: [Dimension]) -> [Double]? {
        var marginals = dimensions.map { [Double](repeating: 0, count: $0.weights.count) }
        var (mean, square) = (0.0, 0.0)
        for leaf in tree.leaves {
            let extents = zip(dimensions, leaf.cells).map { dimension, cells in
                cells.reduce(0) { $0 + dimension.weights[$1] }
            }
            let volume = extents.reduce(1, *)
            mean += volume * leaf.score
            square += volume * leaf.score * leaf.score
            for dimension in dimensions.indices {
                // Over the other dimensions; a product of its own, because an extent may be zero.
                let others = extents.indices.reduce(1) { $1 == dimension ? $0 : $0 * extents[$1] }
                for cell in leaf.cells[dimension] { marginals[dimension][cell] += others * leaf.score }
            }
        }
        let variance = square - mean * mean
        guard variance > 1e-12 * square else { return nil }
        return zip(dimensions, marginals).map { dimension, marginal in
            let explained = zip(dimension.weights, marginal).reduce(0) { $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean) }
            return explained / variance
        }
    }
}

/// Draws that are the same for the same seed (SplitMix64, Steele et al. 2014).
private struct Shuffle {
    var state: UInt64

    mutating func index(below count: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((z ^ (z >> 31)).multipliedFullWidth(by: UInt64(count)).high)
    }
}
