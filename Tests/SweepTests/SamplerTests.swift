import Testing

@testable import Sweep

@Suite struct SamplerTests {
    private static let learning: [SamplerName] = [.tpe, .gaussianProcess]
    private let space = BenchmarkFunction.mixed.space

    /// Observations of the mixed function at drawn points, all complete.
    private func observations(_ count: Int, seed: UInt64 = 8, sign: Double = 1) -> [Observation] {
        (0..<count).map { index in
            let point = space.draw(index, seed: seed)
            return Observation(
                point: point, resource: 1, score: sign * BenchmarkFunction.mixed.value(at: point), isComplete: true)
        }
    }

    private func sampler(_ name: SamplerName, seed: UInt64 = 1, _ direction: Direction = .minimize) -> Sampler {
        Sampler(name, space: space, direction: direction, seed: seed)
    }

    @Test(arguments: [SamplerName.random, .tpe, .gaussianProcess])
    func aSuggestionDependsOnSeedIndexAndObservationsAlone(_ name: SamplerName) {
        let observations = observations(20)
        let first = sampler(name).suggest(20, observations)
        _ = sampler(name).suggest(21, observations)
        #expect(sampler(name).suggest(20, observations) == first)
        #expect(sampler(name).suggest(21, observations) != first)
        #expect(sampler(name, seed: 2).suggest(20, observations) != first)
    }

    @Test func randomAndGridDoNotLookAtObservations() {
        let grid = Sampler(
            .grid, space: SearchSpace([Parameter("x", .integerUniform(1...5))]), direction: .minimize, seed: 1)
        #expect(sampler(.random).suggest(7, []) == sampler(.random).suggest(7, observations(20)))
        #expect(grid.limit == 5 && sampler(.random).limit == nil)
        #expect((0..<5).map { grid.suggest($0, []) } == (1...5).map { Point([.integer($0)]) })
    }

    @Test(arguments: learning) func theFirstTenAreRandom(_ name: SamplerName) {
        let few = observations(9)
        #expect(sampler(name).suggest(9, few) == sampler(.random).suggest(9, few))
        #expect(sampler(name).suggest(10, observations(10)) != sampler(.random).suggest(10, []))
    }

    @Test(arguments: learning) func maximizingIsMinimizingTheNegative(_ name: SamplerName) {
        #expect(
            sampler(name).suggest(20, observations(20))
                == sampler(name, .maximize).suggest(20, observations(20, sign: -1)))
    }

    @Test(arguments: learning) func everySuggestionIsAPointOfTheSpace(_ name: SamplerName) {
        let space = SearchSpace(DistributionTests.all.enumerated().map { Parameter("p\($0)", $1) })
        let sampler = Sampler(name, space: space, direction: .maximize, seed: 6)
        var observations: [Observation] = []
        for index in 0..<20 {
            let point = sampler.suggest(index, observations)
            for (parameter, value) in zip(space.parameters, point.values) {
                #expect(parameter.distribution.allows(value), "\(parameter.name): \(value)")
            }
            let score = Double(index * 7 % 20)
            let observation =
                switch index % 5 {
                case 3: Observation(point: point, resource: 1, score: nil, isInfeasible: true)
                case 4: Observation(point: point, resource: nil, score: nil)
                default: Observation(point: point, resource: Double(1 + index % 3), score: score)
                }
            observations.append(observation)
        }
    }

    @Test(arguments: learning) func aSpaceOfConstantsHasOnePoint(_ name: SamplerName) {
        let point = Point([.number(1), .integer(2)])
        let space = SearchSpace([Parameter("x", .constant(.number(1))), Parameter("y", .integerUniform(2...2))])
        let observations = (0..<12).map { Observation(point: point, resource: 1, score: Double($0)) }
        #expect(Sampler(name, space: space, direction: .minimize, seed: 0).suggest(12, observations) == point)
    }

    @Test(arguments: learning) func equalAndInfeasibleScoresTeachNothingAndHarmNothing(_ name: SamplerName) {
        let points = (0..<12).map { space.draw($0, seed: 4) }
        let equal = points.map { Observation(point: $0, resource: 1, score: 0.5) }
        let infeasible = points.map { Observation(point: $0, resource: 1, score: .nan) }
        #expect(sampler(name).suggest(12, equal).values.count == 5)
        #expect(sampler(name).suggest(12, infeasible) == sampler(.random).suggest(12, []))
    }

    /// Scores are noisy, and best around 0.6; while trials run there, the next look around it rather than there again.
    @Test(arguments: learning) func runningTrialsKeepTheNextAway(_ name: SamplerName) throws {
        let space = SearchSpace([Parameter("x", .uniform(0...1, step: nil))])
        let sampler = Sampler(name, space: space, direction: .minimize, seed: 2)
        var draws = Draws(seed: 2, index: 0, stream: 7)
        var observations = (0..<20).map { index in
            let x = (Double(index) + 0.5) / 20
            let score = (x - 0.6) * (x - 0.6) + 0.02 * StandardNormal.quantile(draws.unit())
            return Observation(point: Point([.number(x)]), resource: 1, score: score)
        }
        var places: [Double] = []
        for index in 20..<28 {
            let point = sampler.suggest(index, observations)
            places.append(try #require(point.values[0].number))
            observations.append(Observation(point: point, resource: nil, score: nil))
        }
        #expect(Set(places.map { ($0 * 100).rounded() }).count >= 4, "\(places)")
        #expect(places.contains { abs($0 - 0.6) < 0.15 }, "\(places)")
    }

    /// Trials that were cut off say that x should be small, those that are complete that it should be large.
    @Test(arguments: learning) func trialsThatWentFurtherCountForMore(_ name: SamplerName) throws {
        let space = SearchSpace([Parameter("x", .uniform(0...1, step: nil))])
        let observations = (0..<30).map { index in
            let x = (Double(index) + 0.5) / 30
            let isComplete = index % 2 == 0
            return Observation(
                point: Point([.number(x)]), resource: isComplete ? 9 : 1,
                score: isComplete ? 1 - x : x - 2, isComplete: isComplete)
        }
        let points = (0..<5).map { index in
            Sampler(name, space: space, direction: .minimize, seed: UInt64(index)).suggest(30, observations)
        }
        let places = points.compactMap { $0.values[0].number }.sorted()
        #expect(places[2] > 0.7, "\(places)")
    }

    /// A trial of one epoch that was to be of one epoch is complete.
    @Test func aShortTrialThatIsCompleteIsNotCutOff() {
        let point = Point([.number(0)])
        let history = History(
            [
                Observation(point: point, resource: 1, score: 0.1, isComplete: true),
                Observation(point: point, resource: 3, score: 0.2, isComplete: true),
                Observation(point: point, resource: 1, score: 0),
                Observation(point: point, resource: 2, score: 0.9),
            ], direction: .minimize)
        #expect(history.best(1) == [0] && history.best(2) == [0, 1] && history.best(3) == [0, 1, 3])
    }

    @Test func tenThousandObservationsCostWhatAThousandDo() {
        let space = SearchSpace([Parameter("x", .uniform(0...1, step: nil))])
        func work(_ count: Int) -> [Int] {
            let observations = (0..<count).map { index in
                Observation(
                    point: space.draw(index, seed: 0), resource: 1,
                    score: index % 10 == 9 ? nil : Double(index * 7919 % count))
            }
            let history = History(observations, direction: .minimize)
            let parzen = TreeParzen(axes: space.axes, history: history)
            let (known, running) = GaussianProcessSearch.trials(of: history)
            return [parzen.good.count, parzen.others.count, known.count, running.count]
        }
        #expect(work(1000) == [26, 401, 200, 50])
        #expect(work(10_000) == work(1000))
    }
}
