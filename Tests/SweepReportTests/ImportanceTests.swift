import TestSupport
import Testing

@testable import SweepReport

@Suite struct ImportanceTests {
    /// Trials at random places of a space of so many parameters, in cells of equal width, and their scores.
    private func analysis(
        parameters: Int, trials: Int, seed: UInt64, isOrdered: Bool = true, cells: Int = 12,
        score: ([Double], inout Seeded) -> Double
    ) -> FunctionalANOVA? {
        var random = Seeded(seed)
        let dimensions = (0..<parameters).map {
            Dimension(
                name: "p\($0)", weights: .init(repeating: 1 / Double(cells), count: cells), isOrdered: isOrdered)
        }
        let points = (0..<trials).map { _ in
            (0..<parameters).map { _ in Int.random(in: 0..<cells, using: &random) }
        }
        let scores = points.map { point in score(point.map { (Double($0) + 0.5) / Double(cells) }, &random) }
        return FunctionalANOVA(dimensions, points: points, scores: scores, seed: seed)
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func whatTheScoreDependsOnMoreIsMoreImportant(_ seed: UInt64) throws {
        let analysis = try #require(
            analysis(parameters: 4, trials: 60, seed: seed) { point, random in
                4 * point[2] + 2 * point[0] + point[3] + .random(in: -0.1...0.1, using: &random)
            })
        #expect(analysis.shares.map(\.name) == ["p2", "p0", "p3", "p1"], "seed \(seed): \(analysis.shares)")
    }

    /// The variances of 3x, 2y and z are as 9 : 4 : 1, so the shares are 0.643, 0.286 and 0.071.
    @Test func theSharesOfASumAreThoseOfItsVariances() throws {
        let analysis = try #require(
            analysis(parameters: 3, trials: 300, seed: 1) { point, _ in 3 * point[0] + 2 * point[1] + point[2] })
        for (share, expected) in zip(analysis.shares, [9.0 / 14, 4.0 / 14, 1.0 / 14]) {
            #expect(abs(share.mean - expected) < 0.06, "\(share)")
            #expect(share.spread.contains(expected) || abs(share.mean - expected) < 0.03)
        }
        #expect(analysis.rest < 0.06)
    }

    /// Neither half says anything of an exclusive or; both together say all.
    @Test func whatParametersDoOnlyTogetherIsNotGivenToEither() throws {
        let analysis = try #require(
            analysis(parameters: 2, trials: 200, seed: 3) { point, _ in (point[0] < 0.5) == (point[1] < 0.5) ? 1 : 0 })
        #expect(analysis.rest > 0.8, "\(analysis.shares)")
    }

    @Test func categoriesNeedNoOrder() throws {
        // High in every third category: no threshold splits that, one group of categories does.
        let analysis = try #require(
            analysis(parameters: 3, trials: 120, seed: 4, isOrdered: false) { point, _ in
                Int(point[1] * 12).isMultiple(of: 3) ? 1 : 0
            })
        #expect(analysis.shares[0].name == "p1" && analysis.shares[0].mean > 0.9, "\(analysis.shares)")
    }

    @Test func sharesAreSharesOfOneWhole() throws {
        for seed in 1...10 as ClosedRange<UInt64> {
            let analysis = try #require(
                analysis(parameters: 5, trials: 30, seed: seed) { _, random in .random(in: 0...1, using: &random) })
            let sum = analysis.shares.reduce(0) { $0 + $1.mean } + analysis.rest
            #expect(abs(sum - 1) < 1e-9, "seed \(seed)")
            #expect(analysis.shares.allSatisfy { $0.mean >= 0 && $0.spread.lowerBound >= 0 })
        }
    }

    @Test func theSameSeedGivesTheSameShares() {
        func shares(_ seed: UInt64) -> [FunctionalANOVA.Share]? {
            analysis(parameters: 3, trials: 40, seed: seed) { point, random in
                point[0] + .random(in: 0...1, using: &random)
            }?.shares
        }
        #expect(shares(1) == shares(1) && shares(1) != shares(2))
    }

    @Test func scoresThatDoNotDifferHaveNoImportances() {
        #expect(analysis(parameters: 2, trials: 20, seed: 1) { _, _ in 0.5 } == nil)
    }

    /// In the sample the score is a parabola of the learning rate's logarithm, and noise.
    @Test func aPrunedStudyIsComparedAtAnEpochThatMostReached() throws {
        let study = SampleStudy.typical.study
        let comparable = ComparableScores(study.trials)
        let reached = study.trials.count { $0.curve.contains { $0.epoch == 1 } }
        #expect(comparable.epoch == 1 && comparable.scores.count == reached)
        for (trial, score) in comparable.scores {
            #expect(trial.curve.first { $0.epoch == 1 }?.value == score)
        }
        let page = try PageReader(SweepReport(study).html)
        let names = page.all("g").map(\.text).filter { $0.contains(" %") }
        #expect(names.first?.contains("learning_rate") == true, "\(names)")
    }

    @Test func tooFewTrialsAreSaidToBeTooFew() throws {
        let page = try PageReader(SweepReport(SampleStudy.oneTrial.study).html)
        let words = page.all("p").map(\.text).filter { $0.contains("Too few trials to tell") }
        #expect(words.count == 1 && words[0].contains("12 are needed for 4 parameters"), "\(words)")
    }
}
