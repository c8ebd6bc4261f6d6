/// Which checkpoints a study still needs, and which of its trials is the best.
extension Study {
    /// Trials that cannot be promoted whatever else comes.
    mutating func dropHopeless() {
        var most = trialCount
        for rung in rungs.indices {
            let places = max(1, most / definition.reduction)
            while let (trial, rank) = rungs[rung].last, rank >= places {
                rungs[rung].settleLast()
                prune(trial)
            }
            most = places
        }
    }

    mutating func pruneWaiting() {
        for number in trials.keys.sorted() where trials[number]?.state == .waiting { prune(number) }
    }

    mutating func prune(_ number: Int) {
        guard let trial = trials[number] else { return }
        trials[number]?.state = .pruned
        release(trial)
    }

    /// A finished trial stays while it is among the best.
    mutating func keep(_ number: Int, _ score: Double) {
        kept.add(number, score, waits: true)
        guard kept.count > definition.keep, let (trial, _) = kept.last else { return }
        kept.dropLast()
        if let trial = trials[trial] { release(trial) }
    }

    /// The checkpoints of the last stretches that a trial's replicas have done, and of those that came to nothing.
    mutating func release(_ trial: Trial) {
        for (index, replica) in trial.replicas.enumerated() {
            let last = Stretch(trial: trial.number, replica: index, rung: replica.reached)
            if let done = last.previous { releases.append(done) }
            if !replica.isOpen, trial.state != .finished, trial.goals.indices.contains(last.rung) {
                releases.append(last)
            }
        }
    }

    // MARK: The winner

    /// Best first: the finished ones, then those that came furthest, then those without a score.
    package func ranking(of trials: [Trial]) -> [Trial] {
        func isBefore(_ left: Trial, _ right: Trial) -> Bool {
            let (done, other) = (left.state == .finished, right.state == .finished)
            if done != other { return done }
            if !done, left.scores.count != right.scores.count { return left.scores.count > right.scores.count }
            guard let a = left.score, let b = right.score, a != b else { return left.number < right.number }
            return definition.direction.prefers(a, to: b)
        }
        return trials.sorted(by: isBefore)
    }

    /// The best trial: of those that are finished, or else of those that have come furthest.
    package var best: Trial? {
        if let (number, _) = kept.candidate { return trials[number] }
        let able = trials.values.filter { trial in
            trial.score != nil && [.running, .waiting, .pruned].contains(trial.state)
        }
        return ranking(of: able).first
    }
}
