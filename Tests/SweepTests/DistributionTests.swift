import Foundation
import Testing

@testable import Sweep

@Suite struct DistributionTests {
    /// One of each kind, with and without a step.
    static let all: [Distribution] = [
        .constant(.number(0.1)), .categorical([.text("a"), .text("b"), .integer(3), .flag(true)], probabilities: nil),
        .categorical([.text("a"), .text("b"), .text("c")], probabilities: [0.7, 0, 0.3]), .integerUniform(-3...17),
        .integerUniform(0...1_000_000), .uniform(-5...10, step: nil), .uniform(0.1...0.7, step: 0.1),
        .uniform(0.05...1, step: 0.3), .uniform(8...64, step: 8), .logUniform(1e-6...1e-2, step: nil),
        .logUniform(1e-5...1e-3, step: 1e-5), .logUniform(16...256, step: 16), .inverseLogUniform(1e-3...10),
        .normal(mean: 3, deviation: 2, step: nil), .normal(mean: 0, deviation: 1, step: 0.25),
        .logNormal(mean: -8, deviation: 1, step: nil), .logNormal(mean: 1, deviation: 0.5, step: 0.5),
        .beta(a: 2, b: 5, step: nil), .beta(a: 0.5, b: 0.5, step: 0.1), .uniform(2...2, step: nil),
    ]

    private func draw(_ distribution: Distribution, count: Int, seed: UInt64 = 5) -> [ParameterValue] {
        let space = SearchSpace([Parameter("x", distribution)])
        return (0..<count).map { space.draw($0, seed: seed).values[0] }
    }

    @Test(arguments: all) func everyDrawLiesInItsBoundsAndOnItsStep(_ distribution: Distribution) {
        for value in draw(distribution, count: 2000) {
            #expect(distribution.allows(value), "\(value)")
        }
        for u in [0, 1e-300, 0.5, 1 - 0x1p-53, 1] {
            #expect(distribution.allows(distribution.value(at: u)), "at \(u)")
        }
    }

    @Test(arguments: all) func aValueIsFoundAgainAtItsQuantile(_ distribution: Distribution) throws {
        for value in draw(distribution, count: 200) {
            let quantile = try #require(distribution.quantile(of: value))
            let again = distribution.value(at: quantile)
            if let number = value.number, let other = again.number {
                // Numbers are cut to eight digits, and those far out in a tail to what is not cut off.
                #expect(abs(number - other) <= 1e-6 * max(abs(number), 1e-6), "\(value)")
            } else {
                #expect(again == value)
            }
        }
    }

    @Test(arguments: all) func quantilesOfDrawsAreUniform(_ distribution: Distribution) throws {
        guard distribution.valueCount == nil || distribution.valueCount ?? 0 > 1000 else { return }
        let quantiles = draw(distribution, count: 4000).compactMap(distribution.quantile)
        for share in [0.1, 0.25, 0.5, 0.75, 0.9] {
            let below = Double(quantiles.count { $0 < share }) / 4000
            // Four standard deviations, and the widest cell of a distribution with a step.
            #expect(abs(below - share) < 4 * 0.008 + 0.06, "\(below) below \(share)")
        }
    }

    @Test func halfOfALogUniformLiesBelowItsGeometricMean() {
        let values = draw(.logUniform(1e-6...1e-2, step: nil), count: 10_000).compactMap(\.number)
        #expect(abs(values.count { $0 < 1e-4 } - 5000) < 200)
        #expect(Distribution.logUniform(1e-6...1e-2, step: nil).value(at: 0.5) == .number(1e-4))
        #expect(Distribution.inverseLogUniform(1e-6...1e-2).value(at: 0.5) == .number(1e-4))
    }

    @Test func momentsOfNormalAndBetaAreTheirParameters() {
        func moments(_ distribution: Distribution) -> (mean: Double, deviation: Double) {
            let values = draw(distribution, count: 2000).compactMap(\.number)
            let mean = values.reduce(0, +) / 2000
            return (mean, (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2000).squareRoot())
        }
        let normal = moments(.normal(mean: 3, deviation: 2, step: nil))
        #expect(abs(normal.mean - 3) < 0.18 && abs(normal.deviation - 2) < 0.13)
        let beta = moments(.beta(a: 2, b: 5, step: nil))
        #expect(abs(beta.mean - 2.0 / 7) < 0.015 && abs(beta.deviation - (10.0 / (49 * 8)).squareRoot()) < 0.012)
    }

    @Test func categoriesComeAsOftenAsTheirProbabilities() {
        let values: [ParameterValue] = [.text("a"), .text("b"), .text("c")]
        let even = draw(.categorical(values, probabilities: nil), count: 9000)
        let uneven = draw(.categorical(values, probabilities: [0.7, 0, 0.3]), count: 9000)
        for value in values { #expect(abs(even.count { $0 == value } - 3000) < 180) }
        #expect(abs(uneven.count { $0 == values[0] } - 6300) < 180)
        #expect(!uneven.contains(values[1]))
    }

    @Test func multiplesOfAStepAreEquallyLikelyAtTheBounds() {
        let values = draw(.uniform(0.1...0.7, step: 0.1), count: 7000)
        for tenths in 1...7 {
            #expect(abs(values.count { $0 == .number(Double(tenths) / 10) } - 1000) < 120, "\(tenths)")
        }
        let integers = draw(.integerUniform(1...4), count: 4000)
        for integer in 1...4 { #expect(abs(integers.count { $0 == .integer(integer) } - 1000) < 110) }
    }

    @Test func aWholeStepGivesIntegers() {
        #expect(Distribution.uniform(8...64, step: 8).value(at: 0.5) == .integer(40))
        #expect(Distribution.uniform(0...1, step: 0.25).value(at: 1) == .number(1))
    }

    @Test func aStepWithoutAMultipleInTheBoundsIsToldOf() {
        #expect(!Distribution.uniform(0.1...0.2, step: 0.5).hasValues)
        #expect(!Distribution.logUniform(0.1...0.2, step: 0.5).hasValues)
        #expect(Self.all.allSatisfy { $0.hasValues })
    }
}

extension Distribution {
    /// Whether a value may be drawn, judged from the definition alone.
    func allows(_ value: ParameterValue) -> Bool {
        switch self {
        case .constant(let only): value == only
        case .categorical(let values, let probabilities):
            zip(values, probabilities ?? values.map { _ in 1 }).contains { $0 == value && $1 > 0 }
        case .integerUniform(let range):
            if case .integer(let integer) = value { range.contains(integer) } else { false }
        case .uniform(let range, let step), .logUniform(let range, let step): Self.allows(value, range, step)
        case .inverseLogUniform(let range): Self.allows(value, range, nil)
        case .normal(_, _, let step): Self.allows(value, -.greatestFiniteMagnitude...(.greatestFiniteMagnitude), step)
        case .logNormal(_, _, let step): Self.allows(value, 0...(.greatestFiniteMagnitude), step)
        case .beta(_, _, let step): Self.allows(value, 0...1, step)
        }
    }

    private static func allows(_ value: ParameterValue, _ range: ClosedRange<Double>, _ step: Double?) -> Bool {
        guard let number = value.number, range.contains(number) else { return false }
        guard let step else { return true }
        return abs(number / step - (number / step).rounded()) < 1e-9
    }
}
