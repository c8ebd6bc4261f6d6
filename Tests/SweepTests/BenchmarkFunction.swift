import Foundation

@testable import Sweep

/// Functions that samplers are compared on; compare_with_optuna.py has the same.
enum BenchmarkFunction: String, CaseIterable {
    case branin, hartmann6
    /// A fine-tune's error with noise: flat where the learning rate is far off, and a longer warm-up allows a higher one.
    case noisy
    /// Each optimizer has a learning rate of its own; the best of them forgives the least.
    case mixed

    var space: SearchSpace {
        switch self {
        case .branin:
            SearchSpace([Parameter("x", .uniform(-5...10, step: nil)), Parameter("y", .uniform(0...15, step: nil))])
        case .hartmann6: SearchSpace((0..<6).map { Parameter("x\($0)", .uniform(0...1, step: nil)) })
        case .noisy:
            SearchSpace([
                Parameter("rate", .logUniform(1e-6...1e-2, step: nil)),
                Parameter("decay", .uniform(0...0.3, step: nil)),
                Parameter("warm_up", .uniform(0...0.5, step: nil)),
            ])
        case .mixed:
            SearchSpace([
                Parameter("optimizer", .categorical(["adam", "sgd", "lamb"].map { .text($0) }, probabilities: nil)),
                Parameter("batch", .categorical([8, 16, 32, 64].map { .integer($0) }, probabilities: nil)),
                Parameter("layers", .integerUniform(1...12)),
                Parameter("rate", .logUniform(1e-5...1, step: nil)),
                Parameter("dropout", .uniform(0...0.5, step: 0.05)),
            ])
        }
    }

    /// The points whose values compare_with_optuna.py writes down.
    var checks: [Point] {
        switch self {
        case .branin: [[2.5, 7.5], [.pi, 2.275]].map(Self.point)
        case .hartmann6: [[0.2, 0.15, 0.48, 0.28, 0.31, 0.66], [Double](repeating: 0.5, count: 6)].map(Self.point)
        case .noisy: [[1e-4, 0.1, 0.2], [3e-6, 0.02, 0.4]].map(Self.point)
        case .mixed:
            [
                Point([.text("sgd"), .integer(32), .integer(8), .number(0.1), .number(0.15)]),
                Point([.text("lamb"), .integer(8), .integer(3), .number(1e-4), .number(0.4)]),
            ]
        }
    }

    private static func point(_ numbers: [Double]) -> Point {
        Point(numbers.map { .number($0) })
    }

    func value(at point: Point) -> Double {
        let x = point.values.map { $0.number ?? 0 }
        switch self {
        case .branin: return Self.branin(x[0], x[1])
        case .hartmann6: return Self.hartmann6(x)
        case .noisy:
            let off = log10(x[0]) + 4.3 - 2 * (x[2] - 0.1)
            return 0.5 - 0.4 * exp(-6 * off * off - 80 * pow(x[1] - 0.1, 2) - 30 * pow(x[2] - 0.2, 2))
        case .mixed: return Self.mixed(optimizer: point.values[0].description, x)
        }
    }

    private static func branin(_ x: Double, _ y: Double) -> Double {
        let inner = y - 5.1 / (4 * .pi * .pi) * x * x + 5 / .pi * x - 6
        return inner * inner + 10 * (1 - 1 / (8 * .pi)) * cos(x) + 10
    }

    private static func hartmann6(_ x: [Double]) -> Double {
        let weights: [[Double]] = [
            [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14],
        ]
        let centers: [[Double]] = [
            [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
            [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
        ]
        return zip([1, 1.2, 3, 3.2], zip(weights, centers)).reduce(0) { sum, term in
            let exponent = x.indices.reduce(0) { $0 + term.1.0[$1] * pow(x[$1] - term.1.1[$1], 2) }
            return sum - term.0 * exp(-exponent)
        }
    }

    private static func mixed(optimizer: String, _ x: [Double]) -> Double {
        let wells: [String: (Double, Double, Double)] = [
            "adam": (0.15, -3, 0.3), "sgd": (0.0, -1, 0.6), "lamb": (0.2, -2, 0.2),
        ]
        let (offset, best, width) = wells[optimizer] ?? (.infinity, 0, 0)
        let size = log2(x[1] / 32)
        let off = log10(x[3]) - best - 0.15 * size
        return offset + width * off * off + 0.05 * pow(x[2] - 8, 2) + 6 * pow(x[4] - 0.15, 2) + 0.1 * abs(size)
    }

    /// The standard deviation of what is added to a score.
    private var noise: Double { self == .noisy ? 0.02 : 0 }

    /// What a sweep would hand out: the function, without its noise, at the trial with the best score.
    ///
    /// - Parameter sign: -1 turns the function over, to be maximized
    func best(of name: SamplerName, trials: Int, seed: UInt64, sign: Double = 1) -> Double {
        let sampler = Sampler(name, space: space, direction: sign > 0 ? .minimize : .maximize, seed: seed)
        var observations: [Observation] = []
        var best = (score: Double.infinity, value: Double.infinity)
        for index in 0..<trials {
            let point = sampler.suggest(index, observations)
            let value = value(at: point)
            var draws = Draws(seed: seed, index: index, stream: 99)
            let score = noise > 0 ? value + noise * StandardNormal.quantile(draws.unit()) : value
            observations.append(Observation(point: point, resource: 1, score: sign * score, isComplete: true))
            if score < best.score { best = (score, value) }
        }
        return best.value
    }
}
