import Glibc

/// How well a kernel explains observations: the negative logarithm of their probability times the kernel's prior
/// (Rasmussen and Williams 2006, eq. 5.8 and 5.9), and its gradient.
///
/// The priors are Optuna's: the length scales neither vanish nor grow without reason, the scale is a gamma distribution
/// of shape 2 and rate 1, the noise one of shape 1.1 and rate 30.
struct MarginalLikelihood {
    /// How often the likelihood is asked on the way from one start.
    private static let evaluations = 25
    private static let leastNoise = 1e-6

    private let values: [Double]
    private let axisCount: Int
    /// `[pairs, axes]`: squared distances between each row and those before it.
    private let distances: [Double]

    /// - Parameters:
    ///   - rows: `[observations][axes]`, coordinates
    ///   - isCategory: of each axis
    ///   - values: of the observations, standardized
    init(rows: [[Double]], isCategory: [Bool], values: [Double]) {
        self.values = values
        axisCount = isCategory.count
        var distances: [Double] = []
        distances.reserveCapacity(rows.count * (rows.count - 1) / 2 * axisCount)
        for (i, row) in rows.enumerated() {
            for other in rows[..<i] {
                for axis in 0..<axisCount {
                    distances.append(
                        MaternKernel.squaredDistance(row[axis], other[axis], isCategory: isCategory[axis]))
                }
            }
        }
        self.distances = distances
    }

    /// The likeliest kernel that two searches find: one starts where all is signal, one where much is noise.
    func likeliestKernel() -> MaternKernel {
        let search = ProjectedGradient(
            lower: [Double](repeating: log(1e-4), count: axisCount) + [log(1e-3), log(Self.leastNoise)],
            upper: [Double](repeating: log(1e4), count: axisCount) + [log(1e3), log(10)],
            evaluations: Self.evaluations, tolerance: 1e-2)
        let starts = [(4.0, 1e-3), (1.0, 0.3)].map { inverseSquare, noise in
            [Double](repeating: log(inverseSquare), count: axisCount) + [0, log(noise)]
        }
        let ends = starts.map { search.minimize(from: $0, loss) }
        let best = ends[1].value < ends[0].value ? ends[1] : ends[0]
        return kernel(best.point)
    }

    private func kernel(_ logarithms: [Double]) -> MaternKernel {
        MaternKernel(
            inverseSquares: logarithms.prefix(axisCount).map { exp($0) }, scale: exp(logarithms[axisCount]),
            noise: exp(logarithms[axisCount + 1]))
    }

    /// - Parameter logarithms: of the inverse squares of the length scales, of the scale and of the noise
    func loss(_ logarithms: [Double]) -> (value: Double, gradient: [Double]) {
        let kernel = kernel(logarithms)
        let count = values.count
        var (matrix, slopes) = covariance(kernel)
        for i in 0..<count { matrix[i * count + i] = kernel.scale + kernel.noise }
        guard let factor = Cholesky(matrix, count: count) else { return (.infinity, logarithms.map { _ in 0 }) }
        let whitened = factor.whitened(values)
        let weights = factor.solved(whitened: whitened)
        let fit = 0.5 * whitened.reduce(0) { $0 + $1 * $1 } + factor.diagonal.reduce(0) { $0 + log($1) }
        var gradient = logarithms.map { _ in 0.0 }
        addGradient(&gradient, kernel, matrix: matrix, slopes: &slopes, inverse: factor.inverse, weights: weights)
        let prior = addPrior(&gradient, kernel)
        return (fit + prior, gradient)
    }

    /// - Returns: `[count, count]` without its diagonal and upper half; and the slope of each pair's correlation, scaled
    private func covariance(_ kernel: MaternKernel) -> (matrix: [Double], slopes: [Double]) {
        let count = values.count
        var matrix = [Double](repeating: 0, count: count * count)
        var slopes = [Double](repeating: 0, count: count * (count - 1) / 2)
        distances.withUnsafeBufferPointer { distances in
            kernel.inverseSquares.withUnsafeBufferPointer { inverseSquares in
                var pair = 0
                for i in 0..<count {
                    for j in 0..<i {
                        var distance = 0.0
                        for axis in 0..<axisCount {
                            distance += inverseSquares[axis] * distances[pair * axisCount + axis]
                        }
                        let (value, slope) = MaternKernel.correlation(distance)
                        matrix[i * count + j] = kernel.scale * value
                        slopes[pair] = kernel.scale * slope
                        pair += 1
                    }
                }
            }
        }
        return (matrix, slopes)
    }

    /// Half the trace of (K⁻¹ - K⁻¹y yᵀK⁻¹) times the derivative of K.
    private func addGradient(
        _ gradient: inout [Double], _ kernel: MaternKernel, matrix: [Double], slopes: inout [Double],
        inverse: UnsafePointer<Double>, weights: UnsafePointer<Double>
    ) {
        let count = values.count
        var (pair, ofScale, ofNoise) = (0, 0.0, 0.0)
        for i in 0..<count {
            let row = inverse + i * count + i
            for j in 0..<i {
                let factor = dot(row, inverse + j * count + i, count - i) - weights[i] * weights[j]
                ofScale += factor * matrix[i * count + j]
                slopes[pair] *= factor
                pair += 1
            }
            let factor = 0.5 * (dot(row, row, count - i) - weights[i] * weights[i])
            ofScale += factor * kernel.scale
            ofNoise += factor * kernel.noise
        }
        for pair in slopes.indices {
            for axis in 0..<axisCount { gradient[axis] += slopes[pair] * distances[pair * axisCount + axis] }
        }
        for axis in 0..<axisCount { gradient[axis] *= kernel.inverseSquares[axis] }
        gradient[axisCount] += ofScale
        gradient[axisCount + 1] += ofNoise
    }

    /// The negative logarithm of the prior, without its constants.
    private func addPrior(_ gradient: inout [Double], _ kernel: MaternKernel) -> Double {
        for axis in 0..<axisCount {
            gradient[axis] += 0.1 * kernel.inverseSquares[axis] - 0.1 / kernel.inverseSquares[axis]
        }
        gradient[axisCount] += kernel.scale - 1
        gradient[axisCount + 1] += 30 * kernel.noise - 0.1
        return kernel.inverseSquares.reduce(0) { $0 + 0.1 * $1 + 0.1 / $1 }
            + kernel.scale - log(kernel.scale) + 30 * kernel.noise - 0.1 * log(kernel.noise)
    }
}
