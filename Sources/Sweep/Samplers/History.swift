/// The observations as samplers rank them.
///
/// Trials that went further rank before those that did not, as a trial is cut off because it is among the worse; of two
/// that went as far the score decides, and of equal scores the earlier trial. Infeasible trials rank last. Trials without
/// a score have no rank: they are still running, and only where they are is known.
struct History {
    private let observations: [Observation]
    private let direction: Direction
    /// Indices of observations, ascending.
    let scored: [Int]
    let infeasible: [Int]
    let running: [Int]
    /// The most that a trial has done.
    private let full: Double

    init(_ observations: [Observation], direction: Direction) {
        self.observations = observations
        self.direction = direction
        var (scored, infeasible, running): ([Int], [Int], [Int]) = ([], [], [])
        for (index, observation) in observations.enumerated() {
            if observation.isInfeasible || observation.score?.isFinite == false {
                infeasible.append(index)
            } else if observation.score == nil {
                running.append(index)
            } else {
                scored.append(index)
            }
        }
        (self.scored, self.infeasible, self.running) = (scored, infeasible, running)
        full = scored.reduce(0) { max($0, observations[$1].resource ?? 0) }
    }

    /// Trials that ended in a score or in none.
    var count: Int { scored.count + infeasible.count }

    func point(_ index: Int) -> Point { observations[index].point }

    /// The score of a scored trial, so that less is better.
    func loss(_ index: Int) -> Double {
        let score = observations[index].score ?? .infinity
        return direction == .minimize ? score : -score
    }

    /// How far a trial went: 1 for one that is complete or will never be, else its share of the most that any has done.
    func progress(_ index: Int) -> Double {
        let observation = observations[index]
        guard !observation.isComplete, !observation.isInfeasible, let resource = observation.resource, full > 0 else {
            return 1
        }
        return min(resource / full, 1)
    }

    /// The best scored trials, in the order of the log; one pass with a list of `count`.
    func best(_ count: Int) -> [Int] {
        var best: [(index: Int, progress: Double, loss: Double)] = []
        for index in scored {
            let (progress, loss) = (progress(index), loss(index))
            let place = best.lastIndex { $0.progress > progress || ($0.progress == progress && $0.loss <= loss) }
            let next = place.map { $0 + 1 } ?? 0
            guard next < count else { continue }
            if best.count == count { best.removeLast() }
            best.insert((index, progress, loss), at: next)
        }
        return best.map(\.index).sorted()
    }
}
