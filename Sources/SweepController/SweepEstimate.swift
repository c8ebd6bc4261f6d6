package import Messages
package import Sweep

/// What a sweep will cost, from the steps that were measured on its data.
package struct SweepEstimate: Sendable, Equatable {
    /// Epochs of all trials together, if each is trained to its end.
    package let epochs: Double
    /// The same with trials that are stopped at rungs, one in so many going on.
    package let prunedEpochs: Double
    /// On one worker; nil where nothing was measured.
    package let epochTime: Duration?
    package let workers: Int
    /// Of one checkpoint, with the optimizer's two moments.
    package let checkpointBytes: Int
    /// That may exist at once: one at each worker, those that may still go on, and those that are kept.
    package let checkpoints: Int

    package var time: Duration? { epochTime.map { $0 * (epochs / Double(workers)) } }
    package var prunedTime: Duration? { epochTime.map { $0 * (prunedEpochs / Double(workers)) } }
    package var peakBytes: Int { checkpoints * checkpointBytes }

    /// Points drawn to find the mean length of a trial.
    private static let draws = 200

    /// - Parameter modelBytes: of the folder that training begins with
    package init(_ study: StudyDefinition, survey: Survey, modelBytes: Int, workers: Int) {
        let space = study.space
        let sampler = Sampler(.random, space: space, direction: study.direction, seed: study.seed)
        let goals = (0..<Self.draws).map { study.goals(of: sampler.suggest($0, [])) }
        let runs = Double(study.trials * study.seedsPerTrial)
        epochs = runs * goals.reduce(0) { $0 + ($1.last ?? 0) } / Double(goals.count)
        var pruned = 0.0
        var share = 1.0
        for (rung, goal) in (study.rungs + [.infinity]).enumerated() {
            let begin = rung > 0 ? study.rungs[rung - 1] : 0
            let mean = goals.reduce(0) { $0 + max(0, min(goal, $1.last ?? 0) - begin) } / Double(goals.count)
            pruned += runs * share * mean
            share /= Double(study.pruner == .asha || study.pruner == .hyperband ? study.reduction : 1)
        }
        prunedEpochs = study.pruner == .none ? epochs : pruned
        epochTime = survey.epochTime
        self.workers = max(1, workers)
        checkpointBytes = 3 * modelBytes
        let promotable =
            study.pruner == .asha && !study.rungs.isEmpty ? max(1, study.trials / study.reduction) : 0
        checkpoints = (self.workers + promotable + study.keep) * study.seedsPerTrial
    }
}
