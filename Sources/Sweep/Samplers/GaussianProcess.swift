/// What a function may be, given some of its values (Rasmussen and Williams 2006, algorithm 2.1).
struct GaussianProcess {
    let kernel: MaternKernel
    let isCategory: [Bool]
    /// `[observations, axes]`
    private let rows: [Double]
    private let factor: Cholesky
    private let weights: [Double]

    private var axisCount: Int { isCategory.count }

    /// - Parameters:
    ///   - rows: `[observations][axes]`; where they are too alike for so little noise, there is more
    ///   - values: of the observations
    init(_ kernel: MaternKernel, rows: [[Double]], isCategory: [Bool], values: [Double]) {
        let count = rows.count
        var (kernel, matrix) = (kernel, [Double](repeating: 0, count: count * count))
        for (i, row) in rows.enumerated() {
            for (j, other) in rows[..<i].enumerated() {
                let distance = kernel.squaredDistance(row, other, isCategory: isCategory)
                matrix[i * count + j] = kernel.scale * MaternKernel.correlation(distance).value
            }
        }
        factor = Self.factor(&matrix, &kernel, count: count)
        weights = factor.solved(whitened: factor.whitened(values))
        self.rows = Array(rows.joined())
        self.kernel = kernel
        self.isCategory = isCategory
    }

    private static func factor(_ matrix: inout [Double], _ kernel: inout MaternKernel, count: Int) -> Cholesky {
        while true {
            for i in 0..<count { matrix[i * count + i] = kernel.scale + kernel.noise }
            if let factor = Cholesky(matrix, count: count) { return factor }
            kernel.noise = max(10 * kernel.noise, 1e-10)
        }
    }

    /// The covariance of the function at `point` with each observation, and its slopes with the squared distance.
    private func covariances(with point: [Double]) -> (values: [Double], slopes: [Double]) {
        var values = [Double](repeating: 0, count: factor.count)
        var slopes = values
        rows.withUnsafeBufferPointer { rows in
            for index in 0..<factor.count {
                var distance = 0.0
                for axis in 0..<axisCount {
                    let square = MaternKernel.squaredDistance(
                        point[axis], rows[index * axisCount + axis], isCategory: isCategory[axis])
                    distance += kernel.inverseSquares[axis] * square
                }
                let (value, slope) = MaternKernel.correlation(distance)
                values[index] = kernel.scale * value
                slopes[index] = kernel.scale * slope
            }
        }
        return (values, slopes)
    }

    /// The mean of the function at `point` and its variance, without the noise of an observation.
    func moments(at point: [Double]) -> (mean: Double, variance: Double) {
        let covariances = covariances(with: point).values
        let whitened = factor.whitened(covariances)
        return (dot(covariances, weights, factor.count), variance(whitened))
    }

    private func variance(_ whitened: [Double]) -> Double {
        max(kernel.scale - dot(whitened, whitened, factor.count), 0)
    }

    /// The moments and their gradients; that of a category is of no use.
    func slopes(at point: [Double]) -> (mean: Double, variance: Double, meanSlope: [Double], varianceSlope: [Double]) {
        let (covariances, slopes) = covariances(with: point)
        let whitened = factor.whitened(covariances)
        let solved = factor.solved(whitened: whitened)
        var (ofMean, ofVariance) = (point.map { _ in 0.0 }, point.map { _ in 0.0 })
        rows.withUnsafeBufferPointer { rows in
            for index in 0..<factor.count {
                let (byMean, byVariance) = (weights[index] * slopes[index], -2 * solved[index] * slopes[index])
                for axis in 0..<axisCount where !isCategory[axis] {
                    let step = 2 * kernel.inverseSquares[axis] * (point[axis] - rows[index * axisCount + axis])
                    ofMean[axis] += byMean * step
                    ofVariance[axis] += byVariance * step
                }
            }
        }
        return (dot(covariances, weights, factor.count), variance(whitened), ofMean, ofVariance)
    }
}
