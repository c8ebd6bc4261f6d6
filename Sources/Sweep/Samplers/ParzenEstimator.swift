import Glibc

/// A density over a space, made of observations: a weighted sum of products of one kernel an axis, so that it knows which
/// values go together (Falkner et al. 2018, section 3).
struct ParzenEstimator {
    private let axes: [ParzenKernels]
    /// Of the observations and last of the prior; their sum is one.
    private let weights: [Double]
    private let logWeights: [Double]

    /// - Parameters:
    ///   - axes: of the space
    ///   - rows: `[observations][axes]`, the oldest first
    init(axes: [Axis], rows: [[ClosedRange<Double>]]) {
        self.axes = axes.indices.map { axis in ParzenKernels(axes[axis], rows.map { $0[axis] }) }
        let ages = Self.weights(rows.count) + [1]
        let sum = ages.reduce(0, +)
        weights = ages.map { $0 / sum }
        logWeights = weights.map { log($0) }
    }

    /// How many kernels an axis has.
    var count: Int { weights.count }

    /// The latest 25 count fully, those before the less the older they are, in a straight line to one of `count`.
    private static func weights(_ count: Int) -> [Double] {
        let fading = max(count - 25, 0)
        let least = 1 / Double(max(count, 1))
        return (0..<count).map { index in
            index >= fading ? 1 : least + (1 - least) * Double(index) / Double(max(fading - 1, 1))
        }
    }

    func draw(_ draws: inout Draws) -> [ClosedRange<Double>] {
        let kernel = draws.index(weights: weights)
        return axes.map { $0.draw(kernel, &draws) }
    }

    func logDensity(at row: [ClosedRange<Double>]) -> Double {
        let logs = weights.indices.map { kernel in
            axes.indices.reduce(logWeights[kernel]) { $0 + axes[$1].logDensity(kernel, at: row[$1]) }
        }
        let largest = logs.reduce(-.infinity, max)
        return largest + log(logs.reduce(0) { $0 + exp($1 - largest) })
    }
}
