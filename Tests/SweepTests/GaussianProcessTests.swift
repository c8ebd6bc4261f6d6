import Foundation
import Testing

@testable import Sweep

@Suite struct GaussianProcessTests {
    private static let isCategory = [false, true, false]
    private static let kernel = MaternKernel(inverseSquares: [3, 0.7, 11], scale: 1.3, noise: 0.02)

    /// Points of two numbers and a category, and values of them.
    private static func observations(_ count: Int) -> (rows: [[Double]], values: [Double]) {
        var draws = Draws(seed: 12, index: 0)
        let rows = (0..<count).map { _ in [draws.unit(), (3 * draws.unit()).rounded(.down), draws.unit()] }
        return (rows, rows.map { sin(5 * $0[0]) + 0.3 * $0[1] - $0[2] * $0[2] })
    }

    private static func process(_ count: Int, noise: Double = 0.02) -> GaussianProcess {
        let (rows, values) = observations(count)
        var kernel = kernel
        kernel.noise = noise
        return GaussianProcess(kernel, rows: rows, isCategory: isCategory, values: values)
    }

    private func expectSlopes(
        _ gradient: [Double], at point: [Double], axes: [Int], of function: ([Double]) -> Double,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for axis in axes {
            var (low, high) = (point, point)
            low[axis] -= 1e-5
            high[axis] += 1e-5
            let expected = (function(high) - function(low)) / 2e-5
            #expect(
                abs(gradient[axis] - expected) < 1e-5 * max(1, abs(expected)), "axis \(axis): \(expected)",
                sourceLocation: sourceLocation)
        }
    }

    @Test func likelihoodsGradientIsThatOfFiniteDifferences() {
        let (rows, values) = Self.observations(15)
        let likelihood = MarginalLikelihood(rows: rows, isCategory: Self.isCategory, values: values)
        for point in [[1, 0, 0.5, 0.2, -3], [-1, 2, 2, -0.5, -6]] {
            expectSlopes(likelihood.loss(point).gradient, at: point, axes: [0, 1, 2, 3, 4]) {
                likelihood.loss($0).value
            }
        }
    }

    @Test func slopesAreThoseOfFiniteDifferences() {
        let process = Self.process(15)
        let improvement = ExpectedImprovement(process: process, best: -0.9, running: [[0.3, 1, 0.7], [0.8, 0, 0.9]])
        for point in [[0.2, 1, 0.7], [0.9, 2, 0.1], [0.5, 0, 1]] {
            let slopes = process.slopes(at: point)
            expectSlopes(slopes.meanSlope, at: point, axes: [0, 2]) { process.moments(at: $0).mean }
            expectSlopes(slopes.varianceSlope, at: point, axes: [0, 2]) { process.moments(at: $0).variance }
            expectSlopes(improvement.slopes(at: point).gradient, at: point, axes: [0, 2], of: improvement.logarithm)
        }
    }

    @Test func nothingIsExpectedWhereATrialRuns() {
        let point = [0.2, 1, 0.7]
        let alone = ExpectedImprovement(process: Self.process(15), best: -0.9, running: [])
        let beside = ExpectedImprovement(process: alone.process, best: -0.9, running: [point])
        #expect(beside.logarithm(at: point) == -.infinity)
        #expect(beside.logarithm(at: [0.3, 1, 0.7]) < alone.logarithm(at: [0.3, 1, 0.7]))
    }

    @Test func observationsWithoutNoiseAreKnown() {
        let process = Self.process(20, noise: 1e-8)
        let (rows, values) = Self.observations(20)
        for (row, value) in zip(rows, values) {
            let moments = process.moments(at: row)
            #expect(abs(moments.mean - value) < 1e-5 && moments.variance < 1e-6)
        }
    }

    @Test func nothingIsKnownFarAway() {
        let (rows, values) = Self.observations(5)
        let kernel = MaternKernel(inverseSquares: [1e4, 1e4, 1e4], scale: 1.3, noise: 0.02)
        let process = GaussianProcess(kernel, rows: rows, isCategory: Self.isCategory, values: values)
        let moments = process.moments(at: [0.5, 7, 0.5])
        #expect(abs(moments.mean) < 1e-9 && abs(moments.variance - 1.3) < 1e-9)
    }

    @Test func rowsThatAreAlikeGetMoreNoise() {
        let kernel = MaternKernel(inverseSquares: [1], scale: 1, noise: 0)
        let process = GaussianProcess(
            kernel, rows: [[0.5], [0.5], [0.5]], isCategory: [false], values: [1, 2, 3])
        #expect(process.moments(at: [0.5]).mean.isFinite)
    }

    /// The length scale of an axis that says nothing grows, that of one that says much does not.
    @Test func likeliestKernelKnowsWhichAxisMatters() {
        var draws = Draws(seed: 3, index: 0)
        let rows = (0..<40).map { _ in [draws.unit(), draws.unit()] }
        let likelihood = MarginalLikelihood(
            rows: rows, isCategory: [false, false], values: rows.map { 1.4 * sin(8 * $0[0]) })
        let kernel = likelihood.likeliestKernel()
        #expect(kernel.inverseSquares[0] > 20 * kernel.inverseSquares[1], "\(kernel)")
        #expect(kernel.noise < 1e-3, "\(kernel)")
    }

    @Test func noiseIsTakenForNoise() {
        var draws = Draws(seed: 4, index: 0)
        let rows = (0..<60).map { _ in [draws.unit()] }
        let values = rows.map { 2 * $0[0] - 1 + 0.5 * StandardNormal.quantile(draws.unit()) }
        let kernel = MarginalLikelihood(rows: rows, isCategory: [false], values: values).likeliestKernel()
        #expect(kernel.noise > 0.1 && kernel.noise < 0.4, "\(kernel)")
    }

    /// Against the definition, by the trapezoidal rule, where nothing underflows; monotonous and finite beyond.
    @Test func logarithmOfImprovementIsThatOfItsDefinition() {
        for z in [-5.0, -2, -1.001, -0.999, 0, 1, 4] {
            let width = 1e-3
            let sum = (0..<20_000).reduce(0.0) { sum, index in
                let below = (Double(index) + 0.5) * width
                return sum + below * StandardNormal.density(z - below) * width
            }
            #expect(abs(ExpectedImprovement.standard(z).logarithm - log(sum)) < 1e-5, "at \(z)")
        }
        var last = ExpectedImprovement.standard(-1e6).logarithm
        #expect(last.isFinite)
        for z in [-1e5, -1e3, -100, -25.001, -24.999, -10, -1.0000001, -0.9999999, 0] {
            let next = ExpectedImprovement.standard(z)
            #expect(next.logarithm > last && next.density > 0 && next.share > 0, "at \(z)")
            last = next.logarithm
        }
    }

    @Test func projectedGradientEndsAtTheLeastOfABox() {
        let center = [0.3, -2, 5]
        let search = ProjectedGradient(
            lower: [0, 0, 0], upper: [1, 1, 1], evaluations: 100, tolerance: 1e-8)
        let end = search.minimize(from: [0.9, 0.9, 0.1]) { point in
            let off = zip(point, center).map { $0 - $1 }
            return (
                off[0] * off[0] * 50 + off[1] * off[1] + off[2] * off[2] * 0.1,
                [100 * off[0], 2 * off[1], 0.2 * off[2]]
            )
        }
        #expect(zip(end.point, [0.3, 0, 1]).allSatisfy { abs($0 - $1) < 1e-6 }, "\(end.point)")
    }

    @Test func choleskySolvesWhatItTookApart() throws {
        var draws = Draws(seed: 9, index: 0)
        let count = 13
        let root = (0..<count * count).map { _ in draws.unit() - 0.5 }
        let matrix = (0..<count * count).map { place in
            let (i, j) = (place / count, place % count)
            return (0..<count).reduce(i == j ? 0.1 : 0) { $0 + root[i * count + $1] * root[j * count + $1] }
        }
        let vector = (0..<count).map { _ in draws.unit() }
        let factor = try #require(Cholesky(matrix, count: count))
        let solution = factor.solved(whitened: factor.whitened(vector))
        for i in 0..<count {
            let product = (0..<count).reduce(0) { $0 + matrix[i * count + $1] * solution[$1] }
            #expect(abs(product - vector[i]) < 1e-10)
        }
        #expect(Cholesky([1, 0, 2, 1], count: 2) == nil)
    }
}
