import Glibc

/// The logarithm of how far below the best value so far a point is expected to be (Jones et al. 1998), in a form that
/// stays finite where next to nothing is expected (Ament et al. 2023).
///
/// Trials that are running take of it what their points have in common with this one, all of it at the points themselves:
/// a simple form of the local penalty of González et al. (2016), so that trials at one time spread out around the best.
struct ExpectedImprovement {
    let process: GaussianProcess
    /// The best value so far.
    let best: Double
    /// Points of running trials.
    let running: [[Double]]

    /// Keeps the deviation of a point that is known exactly above zero.
    private static let leastVariance = 1e-12

    func logarithm(at point: [Double]) -> Double {
        let (mean, variance) = process.moments(at: point)
        let deviation = (variance + Self.leastVariance).squareRoot()
        let untouched = running.reduce(0) { $0 + log(1 - correlation(point, $1).value) }
        return log(deviation) + Self.standard((best - mean) / deviation).logarithm + untouched
    }

    func slopes(at point: [Double]) -> (logarithm: Double, gradient: [Double]) {
        let moments = process.slopes(at: point)
        let deviation = (moments.variance + Self.leastVariance).squareRoot()
        let standard = Self.standard((best - moments.mean) / deviation)
        let (byDeviation, byMean) = (standard.density / deviation, standard.share / deviation)
        var logarithm = log(deviation) + standard.logarithm
        var gradient = zip(moments.meanSlope, moments.varianceSlope).map { mean, variance in
            byDeviation * variance / (2 * deviation) - byMean * mean
        }
        for trial in running {
            let (value, slope) = correlation(point, trial)
            logarithm += log(1 - value)
            for axis in point.indices where !process.isCategory[axis] {
                let step = 2 * process.kernel.inverseSquares[axis] * (point[axis] - trial[axis])
                gradient[axis] -= slope * step / (1 - value)
            }
        }
        return (logarithm, gradient)
    }

    private func correlation(_ point: [Double], _ trial: [Double]) -> (value: Double, slope: Double) {
        let distance = process.kernel.squaredDistance(point, trial, isCategory: process.isCategory)
        return MaternKernel.correlation(distance)
    }

    /// Of a standard normal variable, what it is expected to be below `z`: its logarithm; and as shares of it the density
    /// at `z` and the mass below.
    static func standard(_ z: Double) -> (logarithm: Double, density: Double, share: Double) {
        let density = StandardNormal.density(z)
        guard z < -1 else {
            let mass = StandardNormal.cumulative(z)
            let improvement = density + z * mass
            return (log(improvement), density / improvement, mass / improvement)
        }
        // As a part of the density, which alone would underflow: 1 - t M(t), where M is the ratio of Mills.
        let (t, square) = (-z, z * z)
        let part = t < 25 ? 1 - t * StandardNormal.cumulative(z) / density : (1 - (3 - 15 / square) / square) / square
        return (-0.5 * square - 0.5 * log(2 * .pi) + log(part), 1 / part, (1 - part) / t / part)
    }
}
