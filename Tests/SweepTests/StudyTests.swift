import Sweep
import Testing

@Suite struct StudyTests {
    static let space = SearchSpace([Parameter("x", .uniform(0...1, step: nil))])

    static func definition(
        _ pruner: PrunerName, trials: Int = 24, sampler: SamplerName = .random, seeds: Int = 1, retries: Int = 2,
        keep: Int = 1
    ) -> StudyDefinition {
        StudyDefinition(
            space: space, direction: .maximize, sampler: sampler, pruner: pruner, rungs: [1, 3], epochs: 9,
            reduction: 3,
            seed: 5, trials: trials, seedsPerTrial: seeds, retries: retries, keep: keep)
    }

    @Test(arguments: PrunerName.allCases, [1, 2, 5])
    func everyTrialEndsOnceAndTheBestIsTheBest(pruner: PrunerName, limit: Int) throws {
        var simulation = Simulation(Self.definition(pruner))
        simulation.run(limit: limit, seed: UInt64(limit))
        let study = simulation.study
        #expect(study.isDone && study.trials.count == 24)
        #expect(study.trials.values.allSatisfy { $0.state == .finished || $0.state == .pruned })
        let best = try #require(study.best)
        let finished = study.trials.values.filter { $0.state == .finished }
        #expect(best.state == .finished)
        #expect(finished.allSatisfy { ($0.score ?? 2) <= (best.score ?? -1) })
        let starts = simulation.runs.map { action -> Stretch in
            guard case .run(let stretch, _, _, _) = action else { return Stretch(trial: -1, rung: 0) }
            return stretch
        }
        #expect(Set(starts).count == starts.count)
    }

    @Test func asynchronousHalvingFinishesTheBestNinth() {
        var simulation = Simulation(Self.definition(.asha, trials: 27))
        simulation.run()
        let finished = simulation.study.trials.values.filter { $0.state == .finished }
        // Which trials go on depends on who has come when; in the end it is one in nine, and the best is among them.
        #expect((3...5).contains(finished.count))
        let best = simulation.study.trials.values.max { Simulation.score($0.point, 0) < Simulation.score($1.point, 0) }
        #expect(finished.contains { $0.number == best?.number })
    }

    @Test(arguments: PrunerName.allCases)
    func aStudyThatReadsTheLogIsTheSame(pruner: PrunerName) {
        var simulation = Simulation(Self.definition(pruner, sampler: .tpe))
        var random = SplitMix(seed: 3)
        simulation.begin(limit: 3)
        while simulation.isOpen {
            simulation.endOne(&random)
            var again = Study(simulation.study.definition)
            for event in simulation.log { again.observe(event) }
            var original = simulation.study
            #expect(Set(again.next(limit: 3)).isSuperset(of: original.next(limit: 3)))
            #expect(again.trials.mapValues(\.state) == original.trials.mapValues(\.state))
            simulation.begin(limit: 3)
        }
    }

    @Test func suggestionsOfChanceDependOnTheirNumberAlone() {
        var one = Simulation(Self.definition(.none))
        var other = Simulation(Self.definition(.asha))
        one.run(limit: 1)
        other.run(limit: 4, seed: 9)
        #expect(one.study.trials.mapValues(\.point) == other.study.trials.mapValues(\.point))
    }

    @Test(arguments: [PrunerName.asha, .hyperband])
    func atMostTheBestThirdOfARungGoesOn(pruner: PrunerName) {
        var simulation = Simulation(Self.definition(pruner, trials: 60))
        simulation.run(limit: 4)
        let trials = simulation.study.trials.values
        let further = trials.filter { $0.scores.count > 1 }.count
        #expect(further >= 20 - (pruner == .asha ? 0 : 15))
        if pruner == .asha { #expect(further <= 30) }
    }

    @Test func aTrialBelowTheMedianStops() {
        var simulation = Simulation(Self.definition(.median, trials: 40))
        simulation.run(limit: 1)
        let pruned = simulation.study.trials.values.filter { $0.state == .pruned }
        #expect(pruned.count > 10)
        // The first four at a rung have nobody to be compared with.
        #expect(pruned.allSatisfy { $0.number >= 4 })
    }

    @Test func aTrialThatGivesNoNumberIsInfeasibleAndNeverWins() {
        var simulation = Simulation(Self.definition(.asha))
        simulation.run { stretch, point, _ in
            (point.values[0].number ?? 0) > 0.8 ? .infeasible(stretch) : nil
        }
        let study = simulation.study
        #expect(study.isDone && study.trials.values.contains { $0.state == .infeasible })
        #expect(study.best.map { ($0.point.values[0].number ?? 1) <= 0.8 } ?? false)
    }

    @Test func aStretchThatFailedIsTriedAgainSoOften() {
        var tries: [Stretch: Int] = [:]
        var simulation = Simulation(Self.definition(.asha, trials: 12, retries: 2))
        simulation.run { stretch, _, _ in
            tries[stretch, default: 0] += 1
            return stretch.trial.isMultiple(of: 3) && (stretch.trial > 0 || tries[stretch, default: 0] < 3)
                ? .failed(stretch) : nil
        }
        let trials = simulation.study.trials
        #expect(trials[0]?.state == .finished || trials[0]?.state == .pruned)
        for number in [3, 6, 9] {
            #expect(trials[number]?.state == .failed && tries[Stretch(trial: number, rung: 0)] == 3)
        }
        let attempts = simulation.runs.compactMap { action -> Int? in
            guard case .run(let stretch, _, let attempt, _) = action, stretch == Stretch(trial: 3, rung: 0) else {
                return nil
            }
            return attempt
        }
        #expect(attempts == [0, 1, 2])
    }

    @Test func aTrialWithSeveralSeedsIsTheirMean() throws {
        var simulation = Simulation(Self.definition(.none, trials: 3, seeds: 3))
        var told: [Stretch: Double] = [:]
        simulation.run(limit: 9)
        for replica in 0..<3 { told[Stretch(trial: 0, replica: replica, rung: 0)] = 1 }
        let trial = try #require(simulation.study.trials[0])
        #expect(trial.replicas.count == 3 && trial.replicas.allSatisfy { $0.reached == 1 })
        #expect(abs((trial.score ?? 0) - Simulation.score(trial.point, 9)) < 1e-12)
    }

    @Test(arguments: PrunerName.allCases, [1, 3])
    func onlyWhatMayGoOnAndTheBestKeepTheirCheckpoints(pruner: PrunerName, keep: Int) {
        var simulation = Simulation(Self.definition(pruner, trials: 30, keep: keep))
        simulation.run(limit: 3)
        let ended = Set(
            simulation.log.compactMap { event -> Stretch? in
                if case .reached(let stretch, _, _) = event { stretch } else { nil }
            })
        let left = ended.subtracting(simulation.released)
        #expect(simulation.released.count == Set(simulation.released).count)
        #expect(left.count == keep)
        let finished = simulation.study.ranking(of: Array(simulation.study.trials.values)).prefix(keep).map(\.number)
        #expect(Set(left.map(\.trial)) == Set(finished))
    }

    @Test func noMoreCheckpointsExistAtOnceThanMayBePromoted() {
        let definition = Self.definition(.asha, trials: 30)
        var simulation = Simulation(definition)
        var random = SplitMix(seed: 8)
        simulation.begin(limit: 2)
        var most = 0
        while simulation.isOpen {
            simulation.endOne(&random)
            simulation.begin(limit: 2)
            let ended = simulation.log.reduce(into: Set<Stretch>()) { found, event in
                if case .reached(let stretch, _, _) = event { found.insert(stretch) }
            }
            most = max(most, ended.subtracting(simulation.released).count)
        }
        // Promotable at the first and the second rung, one at each worker, the best.
        #expect(most <= 10 + 3 + 2 + 1)
    }

    @Test func whatIsPausedOrStoppedBeginsNothingNew() {
        var simulation = Simulation(Self.definition(.asha))
        var random = SplitMix(seed: 2)
        simulation.begin(limit: 2)
        simulation.endOne(&random)
        let before = simulation.runs.count
        simulation.begin(limit: 2, .nothing)
        simulation.begin(limit: 2, .begunTrials)
        #expect(simulation.runs.count == before)
        simulation.endOne(&random)
        #expect(simulation.study.isIdle && !simulation.study.isDone)
        simulation.run()
        #expect(simulation.study.isDone && simulation.study.trials.count == 24)
    }

    @Test func anotherControllersSuggestionIsTheLogs() {
        var study = Study(Self.definition(.none))
        let planned = study.next(limit: 1)
        #expect(planned.count == 1)
        let other = Point([.number(0.25)])
        study.observe(.began(Stretch(trial: 0, rung: 0), other, attempt: 0))
        #expect(study.trials[0]?.point == other && study.openCount == 1)
    }

    @Test func aRunThatHadEnoughIsFinished() {
        var study = Study(Self.definition(.asha, trials: 1))
        _ = study.next(limit: 1)
        let stretch = Stretch(trial: 0, rung: 0)
        study.observe(.scored(stretch, epochs: 0.5, 0.7))
        study.observe(.reached(stretch, epochs: 0.5, hadEnough: true))
        #expect(study.isDone && study.trials[0]?.state == .finished && study.best?.number == 0)
    }

    /// Two simulated workers, trials of different lengths: nobody waits while there is something to do.
    @Test func aGridOverTwoWorkersIsNearTheIdealMakespan() {
        let space = SearchSpace([
            Parameter("x", .categorical((0..<8).map { .number(Double($0) / 8) }, probabilities: nil)),
            Parameter("epochs", .integerUniform(1...3)),
        ])
        let definition = StudyDefinition(
            space: space, direction: .maximize, sampler: .grid, pruner: .none, epochs: 1, trials: 24)
        var study = Study(definition)
        var busy: [(until: Double, stretch: Stretch, goal: Double)] = []
        var (now, work) = (0.0, 0.0)
        while true {
            for action in study.next(limit: 2) {
                guard case .run(let stretch, _, _, let goal) = action else { continue }
                busy.append((now + goal, stretch, goal))
                work += goal
            }
            guard let first = busy.indices.min(by: { busy[$0].until < busy[$1].until }) else { break }
            let done = busy.remove(at: first)
            now = done.until
            study.observe(.scored(done.stretch, epochs: done.goal, 0.5))
            study.observe(.reached(done.stretch, epochs: done.goal, hadEnough: false))
        }
        #expect(study.isDone && work == 48)
        #expect(now <= 1.15 * work / 2)
    }

    /// A controller is killed while one seed of a promoted trial is accepted and the other is not.
    @Test func aReplayKnowsTheSeedsThatHaveNotBegun() throws {
        let definition = Self.definition(.asha, trials: 2, seeds: 2)
        var study = Study(definition)
        for number in 0..<2 {
            for replica in 0..<2 {
                let stretch = Stretch(trial: number, replica: replica, rung: 0)
                study.observe(.began(stretch, Point([.number(0.5 + Double(number) / 10)]), attempt: 0))
                study.observe(.scored(stretch, epochs: 1, 0.5 + Double(number) / 10))
                study.observe(.reached(stretch, epochs: 1, hadEnough: false))
            }
        }
        let first = Stretch(trial: 1, replica: 0, rung: 1)
        study.observe(.began(first, Point([.number(0.6)]), attempt: 0))
        let begun = study.next(limit: 2).compactMap { action -> Stretch? in
            if case .run(let stretch, _, _, _) = action { stretch } else { nil }
        }
        #expect(begun == [Stretch(trial: 1, replica: 1, rung: 1)])
    }

    @Test func whatAnybodyWritesIntoTheLogIsNotTrusted() {
        var study = Study(Self.definition(.asha, trials: 3))
        _ = study.next(limit: 1)
        let before = study.trials.mapValues(\.state)
        let point = Point([.number(0.5)])
        for stretch in [
            Stretch(trial: 0, replica: 7, rung: 0), Stretch(trial: .max, rung: 0), Stretch(trial: 2, rung: 1),
            Stretch(trial: 0, rung: 9), Stretch(trial: 30, rung: 0),
        ] {
            for event in [
                StudyEvent.began(stretch, point, attempt: 0), .scored(stretch, epochs: 1, 1), .failed(stretch),
                .reached(stretch, epochs: 1, hadEnough: false), .infeasible(stretch), .cancelled(stretch),
            ] {
                study.observe(event)
            }
        }
        #expect(study.trials.mapValues(\.state) == before && study.openCount == 1)
    }

    @Test func aTrialThatDivergedLaterIsNotTheBest() {
        var study = Study(Self.definition(.asha, trials: 3))
        _ = study.next(limit: 3)
        for number in 0..<3 {
            let stretch = Stretch(trial: number, rung: 0)
            study.observe(.scored(stretch, epochs: 1, Double(number)))
            study.observe(.reached(stretch, epochs: 1, hadEnough: false))
        }
        _ = study.next(limit: 1)
        study.observe(.infeasible(Stretch(trial: 2, rung: 1)))
        #expect(study.best?.number != 2 && study.best != nil)
    }

    @Test func aGridEndsWithItsPoints() {
        let space = SearchSpace([Parameter("x", .categorical([.number(0.1), .number(0.2)], probabilities: nil))])
        var definition = Self.definition(.none, trials: 9, sampler: .grid)
        definition.space = space
        var simulation = Simulation(definition)
        simulation.run()
        #expect(simulation.study.isDone && simulation.study.trials.count == 2)
    }
}
