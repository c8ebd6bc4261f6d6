/// A search as it stands: told what happened, it says what is to be done.
///
///     log ── observe(event) ──► trials, rungs ── next(limit:) ──► run this stretch, release those checkpoints
///
/// It holds no clock and no chance of its own: the same events in the same order make the same study, whoever asks. A
/// decision costs the same after ten thousand trials as after ten.
package struct Study: Sendable {
    package let definition: StudyDefinition
    private let sampler: Sampler

    package internal(set) var trials: [Int: Trial] = [:]
    /// What is somebody's to do now.
    package private(set) var openCount = 0
    var rungs: [Rung]
    /// Stretches that are to be done before anything else is decided.
    private var ready: [Stretch] = []
    var releases: [Stretch] = []
    /// Of trials in the order in which they began; what the sampler goes by.
    private var observations: [Observation] = []
    private var places: [Int: Int] = [:]
    private var nextTrial = 0
    /// The best finished trials, best first: those whose checkpoints stay.
    var kept: Rung

    package init(_ definition: StudyDefinition) {
        self.definition = definition
        sampler = Sampler(
            definition.sampler, space: definition.space, direction: definition.direction, seed: definition.seed)
        rungs = definition.rungs.map { _ in Rung(definition.direction) }
        kept = Rung(definition.direction)
    }

    // MARK: What happened

    package mutating func observe(_ event: StudyEvent) {
        guard isOurs(event.stretch, begins: event.begins) else { return }
        defer { if isDone { pruneWaiting() } }
        switch event {
        case .began(let stretch, let point, let attempt): begin(stretch, point, attempt)
        case .scored(let stretch, let epochs, let value): score(stretch, epochs, value)
        case .reached(let stretch, let epochs, let hadEnough): reach(stretch, epochs, hadEnough)
        case .infeasible(let stretch): end(stretch, .infeasible)
        case .failed(let stretch): fail(stretch)
        case .cancelled(let stretch): end(stretch, .cancelled)
        }
    }

    /// Whether such a stretch can be one of this study's: the log has what anybody wrote into it.
    private func isOurs(_ stretch: Stretch, begins: Bool) -> Bool {
        guard (0..<trialCount).contains(stretch.trial), (0..<definition.seedsPerTrial).contains(stretch.replica) else {
            return false
        }
        guard let trial = trials[stretch.trial] else { return begins && stretch.rung == 0 }
        return trial.goals.indices.contains(stretch.rung)
            && (!begins || stretch.rung == trial.replicas[stretch.replica].reached)
    }

    /// A grid has an end.
    var trialCount: Int { min(definition.trials, sampler.limit ?? .max) }

    private mutating func begin(_ stretch: Stretch, _ point: Point, _ attempt: Int) {
        if trials[stretch.trial] == nil { add(stretch.trial, point) }
        guard var trial = trials[stretch.trial], trial.replicas.indices.contains(stretch.replica) else { return }
        if trial.point != point, trial.reached == 0 {
            // Another controller was first, with another suggestion: its word is the log's.
            trial.point = point
            trial.goals = definition.goals(of: point)
            if let place = places[stretch.trial] {
                observations[place] = Observation(point: point, resource: nil, score: nil)
            }
        }
        ready.removeAll { $0 == stretch }
        trial.replicas[stretch.replica].attempt = max(attempt, trial.replicas[stretch.replica].attempt)
        if !trial.replicas[stretch.replica].isOpen {
            trial.replicas[stretch.replica].isOpen = true
            openCount += 1
        }
        if trial.state == .waiting {
            trial.state = .running
            for replica in trial.replicas.indices where replica != stretch.replica {
                ready.append(Stretch(trial: stretch.trial, replica: replica, rung: stretch.rung))
            }
        }
        trials[stretch.trial] = trial
        if let rung = stretch.previous?.rung, rung < min(rungs.count, trial.scores.count) {
            rungs[rung].settle(stretch.trial, trial.scores[rung])
        }
    }

    private mutating func add(_ number: Int, _ point: Point) {
        trials[number] = Trial(
            number: number, point: point, goals: definition.goals(of: point), replicas: definition.seedsPerTrial)
        places[number] = observations.count
        observations.append(Observation(point: point, resource: nil, score: nil))
        nextTrial = max(nextTrial, number + 1)
        for replica in 0..<definition.seedsPerTrial {
            ready.append(Stretch(trial: number, replica: replica, rung: 0))
        }
    }

    private mutating func score(_ stretch: Stretch, _ epochs: Double, _ value: Double) {
        guard value.isFinite, let trial = trials[stretch.trial],
            epochs > trial.replicas[stretch.replica].curve.last?.epochs ?? -1
        else { return }
        trials[stretch.trial]?.replicas[stretch.replica].curve.append((epochs, value))
    }

    /// Whether the stretch is the one that its replica is at, and somebody's to do; then it is that no more.
    private mutating func close(_ stretch: Stretch) -> Bool {
        guard let replica = trials[stretch.trial]?.replicas[stretch.replica], replica.isOpen,
            replica.reached == stretch.rung
        else { return false }
        trials[stretch.trial]?.replicas[stretch.replica].isOpen = false
        openCount -= 1
        return true
    }

    private mutating func reach(_ stretch: Stretch, _ epochs: Double, _ hadEnough: Bool) {
        guard close(stretch), var trial = trials[stretch.trial] else { return }
        trial.replicas[stretch.replica].reached = stretch.rung + 1
        trial.replicas[stretch.replica].attempt = 0
        trial.replicas[stretch.replica].epochs = epochs
        trial.replicas[stretch.replica].hadEnough = hadEnough
        trials[stretch.trial] = trial
        if let previous = stretch.previous { releases.append(previous) }
        guard !trial.state.isEnded else { return releases.append(stretch) }
        if trial.reached == stretch.rung + 1 { settle(trial, at: stretch.rung) }
    }

    /// All replicas of a trial are at a rung.
    private mutating func settle(_ reached: Trial, at rung: Int) {
        var trial = reached
        let best = trial.replicas.compactMap { replica in
            replica.curve.map(\.value).reduce(Double?.none) { best, value in
                best.map { definition.direction.prefers(value, to: $0) ? value : $0 } ?? value
            }
        }
        guard best.count == trial.replicas.count else { return end(Stretch(trial: trial.number, rung: rung), .failed) }
        let score = best.reduce(0, +) / Double(best.count)
        trial.scores.append(score)
        let isLast = rung == trial.goals.count - 1 || trial.replicas.contains { $0.hadEnough }
        trial.state = isLast ? .finished : .waiting
        trials[trial.number] = trial
        note(trial.number, resource: trial.goals[rung], score: score)
        if rung < rungs.count { rungs[rung].add(trial.number, score, waits: !isLast && definition.pruner == .asha) }
        if isLast {
            keep(trial.number, score)
        } else if definition.pruner != .asha {
            judge(trial.number, score, at: rung)
        }
        if definition.pruner == .asha { dropHopeless() }
    }

    /// Now or never (the rungs are settled at once).
    private mutating func judge(_ number: Int, _ score: Double, at rung: Int) {
        let count = rungs[rung].count
        let goesOn =
            switch definition.pruner {
            case .hyperband:
                rungs[rung].rank(score, number) < (count + definition.reduction - 1) / definition.reduction
            case .median:
                count < Self.medianStart
                    || rungs[rung].median.map { !definition.direction.prefers($0, to: score) } ?? true
            case .none, .asha: true
            }
        if goesOn { goOn(number, to: rung + 1) } else { prune(number) }
    }

    /// Trials at a rung before the median of their scores stops any.
    private static let medianStart = 5

    private mutating func goOn(_ number: Int, to rung: Int) {
        trials[number]?.state = .running
        for replica in 0..<definition.seedsPerTrial {
            ready.append(Stretch(trial: number, replica: replica, rung: rung))
        }
    }

    private mutating func fail(_ stretch: Stretch) {
        guard let replica = trials[stretch.trial]?.replicas[stretch.replica], replica.isOpen,
            replica.reached == stretch.rung
        else { return }
        guard replica.attempt < definition.retries, trials[stretch.trial]?.state.isEnded == false else {
            return end(stretch, .failed)
        }
        _ = close(stretch)
        trials[stretch.trial]?.replicas[stretch.replica].attempt += 1
        ready.append(stretch)
    }

    private mutating func end(_ stretch: Stretch, _ state: Trial.State) {
        _ = close(stretch)
        guard let trial = trials[stretch.trial] else { return }
        guard !trial.state.isEnded else { return release(trial) }
        trials[stretch.trial]?.state = state
        ready.removeAll { $0.trial == stretch.trial }
        if let place = places[stretch.trial], trial.scores.isEmpty {
            observations[place] = Observation(
                point: trial.point, resource: nil, score: nil, isInfeasible: state == .infeasible)
        }
        release(trial)
    }

    private mutating func note(_ number: Int, resource: Double, score: Double) {
        guard let place = places[number], let trial = trials[number] else { return }
        observations[place] = Observation(
            point: trial.point, resource: resource, score: score, isComplete: trial.state == .finished)
    }

    // MARK: What is to be done

    /// What is to be begun so that `limit` stretches are in somebody's hands, and what need not be kept.
    ///
    /// What it returns counts as begun; the log's word on it, when it comes, wins.
    package mutating func next(limit: Int, _ intake: Intake = .everything) -> [StudyAction] {
        var actions: [StudyAction] = []
        while intake != .nothing, openCount < limit, let stretch = nextStretch(intake) {
            guard let trial = trials[stretch.trial] else { continue }
            let attempt = trial.replicas[stretch.replica].attempt
            actions.append(.run(stretch, trial.point, attempt: attempt, goal: trial.goals[stretch.rung]))
            begin(stretch, trial.point, attempt)
        }
        defer { releases = [] }
        return actions + releases.map(StudyAction.release)
    }

    /// Whether nothing is in anybody's hands, and nothing more will be.
    package var isDone: Bool {
        openCount == 0 && ready.isEmpty && nextTrial >= trialCount && promotable(isEnd: true) == nil
    }

    /// Whether nothing is in anybody's hands, and what was begun needs nothing more.
    package var isIdle: Bool { openCount == 0 && ready.isEmpty }

    private mutating func nextStretch(_ intake: Intake) -> Stretch? {
        if let stretch = ready.first { return stretch }
        guard intake == .everything else { return nil }
        if let (number, rung) = promotable(isEnd: false) {
            goOn(number, to: rung + 1)
        } else if nextTrial < trialCount {
            add(nextTrial, sampler.suggest(nextTrial, observations))
        } else if openCount == 0, let (number, rung) = promotable(isEnd: true) {
            goOn(number, to: rung + 1)
        }
        return ready.first
    }

    /// A trial that is among the best of its rung, the highest rung first. At the very end the best of all goes on, so that
    /// one at least is finished.
    private func promotable(isEnd: Bool) -> (trial: Int, rung: Int)? {
        guard definition.pruner == .asha else { return nil }
        for rung in rungs.indices.reversed() {
            guard let (trial, rank) = rungs[rung].candidate else { continue }
            let places = rungs[rung].count / definition.reduction
            if rank < places || (isEnd && places == 0 && kept.count == 0) { return (trial, rung) }
        }
        return nil
    }
}
