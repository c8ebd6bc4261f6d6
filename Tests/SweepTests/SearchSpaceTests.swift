import Testing

@testable import Sweep

@Suite struct SearchSpaceTests {
    private let finite = SearchSpace([
        Parameter("model", .categorical([.text("a"), .text("b"), .text("c")], probabilities: nil)),
        Parameter("decay", .constant(.number(0.01))), Parameter("epochs", .integerUniform(1...4)),
        Parameter("dropout", .uniform(0...0.3, step: 0.1)),
    ])

    @Test func drawsDependOnSeedAndIndexAlone() {
        let space = SearchSpace(DistributionTests.all.enumerated().map { Parameter("p\($0)", $1) })
        let ascending = (0..<50).map { space.draw($0, seed: 3) }
        let descending = (0..<50).reversed().map { space.draw($0, seed: 3) }
        #expect(ascending == descending.reversed())
        #expect(Set(ascending).count == 50)
        #expect(Set(ascending + (0..<50).map { space.draw($0, seed: 4) }).count == 100)
    }

    @Test func parametersAreDrawnIndependently() {
        let space = SearchSpace([
            Parameter("x", .uniform(-1...1, step: nil)), Parameter("y", .uniform(-1...1, step: nil)),
        ])
        let points = (0..<10_000).map { space.draw($0, seed: 1).values.compactMap(\.number) }
        let neighbors = zip(points, points.dropFirst()).reduce(0) { $0 + $1.0[0] * $1.1[0] } / 10_000
        let pairs = points.reduce(0) { $0 + $1[0] * $1[1] } / 10_000
        // The mean of a product of two has a standard deviation of a third of a hundredth.
        #expect(abs(pairs) < 0.014 && abs(neighbors) < 0.014)
    }

    @Test func gridHoldsEveryCombinationOnce() {
        let points = (0..<48).map(finite.gridPoint)
        #expect(finite.gridCount == 48)
        #expect(Set(points).count == 48)
    }

    @Test func gridChangesTheLastParameterFastest() {
        let points = (0..<5).map { finite.gridPoint($0).values.map(\.description) }
        #expect(
            points == [
                ["a", "0.01", "1", "0.0"], ["a", "0.01", "1", "0.1"], ["a", "0.01", "1", "0.2"],
                ["a", "0.01", "1", "0.3"], ["a", "0.01", "2", "0.0"],
            ])
    }

    @Test func gridNeedsAnEndToEveryParameter() {
        #expect(SearchSpace([Parameter("x", .uniform(0...1, step: nil))]).gridCount == nil)
        #expect(SearchSpace([Parameter("x", .normal(mean: 0, deviation: 1, step: 1))]).gridCount == nil)
        #expect(SearchSpace([Parameter("x", .beta(a: 1, b: 1, step: 0.25))]).gridCount == 5)
        #expect(SearchSpace([]).gridCount == 1)
        let huge = Parameter("x", .integerUniform(.min...(.max)))
        #expect(SearchSpace([huge, huge]).gridCount == .max)
    }
}
