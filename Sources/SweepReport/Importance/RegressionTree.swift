/// A parameter whose values fall into cells, each with its share of the search space.
struct Dimension: Sendable {
    let name: String
    /// They sum to one.
    let weights: [Double]
    /// Whether neighbouring cells lie side by side; categories do not.
    let isOrdered: Bool
}

/// A tree of splits, each the one that takes most off the squared error (CART, Breiman et al. 1984); its leaves tile
/// the search space.
struct RegressionTree {
    /// A box of the space and the mean score of the trials in it.
    struct Leaf {
        /// By dimension.
        let cells: [[Int]]
        let score: Double
    }

    private(set) var leaves: [Leaf] = []
    private let dimensions: [Dimension]
    private let points: [[Int]]
    private let scores: [Double]

    /// So that a leaf is not one trial's luck alone.
    private static let leastRows = 2

    /// - Parameters:
    ///   - points: the cell in each dimension; `[trials, dimensions]`
    ///   - scores: `[trials]`
    ///   - rows: the trials that the tree sees, some more than once
    init(_ dimensions: [Dimension], points: [[Int]], scores: [Double], rows: [Int]) {
        precondition(points.count == scores.count, "\(points.count) points, \(scores.count) scores")
        self.dimensions = dimensions
        self.points = points
        self.scores = scores
        grow(rows, dimensions.map { Array($0.weights.indices) })
    }

    private mutating func grow(_ rows: [Int], _ cells: [[Int]]) {
        guard rows.count >= 2 * Self.leastRows, let split = bestSplit(of: rows, cells) else {
            let mean = rows.reduce(0) { $0 + scores[$1] } / Double(max(1, rows.count))
            leaves.append(Leaf(cells: cells, score: mean))
            return
        }
        for isLeft in [true, false] {
            var part = cells
            part[split.dimension] = cells[split.dimension].filter { split.left.contains($0) == isLeft }
            grow(rows.filter { split.left.contains(points[$0][split.dimension]) == isLeft }, part)
        }
    }

    private struct Split {
        let dimension: Int
        let left: Set<Int>
        /// How much smaller the squared error becomes, up to a constant of the rows.
        let gain: Double
    }

    private func bestSplit(of rows: [Int], _ cells: [[Int]]) -> Split? {
        let mean = rows.reduce(0) { $0 + scores[$1] } / Double(rows.count)
        let splits = dimensions.indices.compactMap { bestSplit(of: rows, cells[$0], along: $0, mean: mean) }
        // What rounding leaves is no gain; the earlier of equals.
        let spread = rows.reduce(0) { $0 + (scores[$1] - mean) * (scores[$1] - mean) }
        return splits.filter { $0.gain > 1e-9 * spread }
            .reduce(nil) { best, split in best.map { $0.gain >= split.gain } ?? false ? best : split }
    }

    private func bestSplit(of rows: [Int], _ cells: [Int], along dimension: Int, mean: Double) -> Split? {
        var sums: [Int: (count: Int, sum: Double)] = [:]
        for row in rows {
            let cell = points[row][dimension]
            let known = sums[cell] ?? (0, 0)
            sums[cell] = (known.count + 1, known.sum + scores[row] - mean)
        }
        let isOrdered = dimensions[dimension].isOrdered
        // For a squared error the best two groups of categories are neighbours in the order of their means.
        let present = sums.map { (cell: $0.key, count: $0.value.count, sum: $0.value.sum) }.sorted {
            isOrdered ? $0.cell < $1.cell : ($0.sum / Double($0.count), $0.cell) < ($1.sum / Double($1.count), $1.cell)
        }
        var (count, sum) = (0, 0.0)
        var best: (place: Int, gain: Double)?
        for (place, group) in present.dropLast().enumerated() {
            count += group.count
            sum += group.sum
            let others = rows.count - count
            guard count >= Self.leastRows, others >= Self.leastRows else { continue }
            // The deviations sum to zero, so the other side's sum is the negative of this one's.
            let gain = sum * sum / Double(count) + sum * sum / Double(others)
            if gain > best?.gain ?? 0 { best = (place, gain) }
        }
        guard let best else { return nil }
        let left: Set<Int>
        if isOrdered {
            let edge = (present[best.place].cell + present[best.place + 1].cell) / 2
            left = Set(cells.filter { $0 <= edge })
        } else {
            left = Set(present[...best.place].map(\.cell))
        }
        return Split(dimension: dimension, left: left, gain: best.gain)
    }
}
