import Tasks

/// How fast a run goes, and when it is to tell and to save: all of a run that depends on the clock, without the clock.
struct Pace {
    private let start: Duration
    private var settled: Duration
    private var checkpoint: Duration
    private var told: Duration
    private var steps = 0
    private var evaluations = (seconds: 0.0, count: 0)
    private var since = Since()
    private var last = (loss: 0.0, rate: 0.0, norm: 0.0)

    /// What gathers from one progress to the next.
    private struct Since {
        var steps = 0
        var tokens = 0
        var loss = 0.0
    }

    /// - Parameter log: of the run so far; its last line tells where it stands until a step is taken
    init(now: Duration, log: [LogEntry]) {
        (start, settled, checkpoint, told) = (now, now, now, now)
        guard let entry = log.last(where: { $0["loss"] != nil }) else { return }
        last = (entry["loss"] ?? 0, entry["learning_rate"] ?? 0, entry["grad_norm"] ?? 0)
    }

    mutating func took(tokens: Int, loss: Double, rate: Double, norm: Double) {
        steps += 1
        since.steps += 1
        since.tokens += tokens
        since.loss += loss
        last = (last.loss, rate, norm)
    }

    mutating func evaluated(seconds: Double) {
        evaluations.seconds += seconds
        evaluations.count += 1
    }

    /// Nothing where the last progress is too young.
    mutating func progress(_ now: Duration, state: RunState, plan: RunPlan, remaining: Int) -> RunProgress? {
        guard now - told >= Training.progressInterval else { return nil }
        let seconds = (now - told).seconds
        let stepSeconds = max(0, (now - start).seconds - evaluations.seconds) / Double(max(1, steps))
        let perEvaluation = evaluations.count == 0 ? 0 : evaluations.seconds / Double(evaluations.count)
        let left = Double(remaining) * stepSeconds + perEvaluation * Double(evaluationsLeft(state, plan, remaining))
        let progress = RunProgress(
            step: state.step, totalSteps: plan.totalSteps, epoch: plan.epoch(state.step),
            loss: since.steps == 0 ? last.loss : since.loss / Double(since.steps), learningRate: last.rate,
            gradientNorm: last.norm, tokensPerSecond: Double(since.tokens) / seconds,
            timeLeft: .milliseconds(Int64(min(left, 1e9) * 1000)))
        last.loss = progress.loss
        told = now
        since = Since()
        return progress
    }

    private func evaluationsLeft(_ state: RunState, _ plan: RunPlan, _ remaining: Int) -> Int {
        let interval =
            switch plan.options.evaluation {
            case .epoch: plan.batches.stepsPerEpoch
            case .steps(let count): count
            }
        return (remaining + interval - 1) / interval
    }

    func isCheckpointDue(_ now: Duration, _ interval: Duration) -> Bool { steps > 0 && now - checkpoint >= interval }

    mutating func wroteCheckpoint(_ now: Duration) { checkpoint = now }

    /// Seconds since this was last asked.
    mutating func settle(_ now: Duration) -> Double {
        defer { settled = now }
        return (now - settled).seconds
    }
}
