import BERT

extension Training {
    /// Steps that are measured, after one that is not.
    private static let measured = 2

    /// Takes a few real steps at learning rate 0, forgets them, and tells what the run will cost.
    ///
    /// The step with the most tokens comes first: it fills every buffer, so that the others are measured as they will be
    /// and the greatest memory is seen.
    func survey() throws(FineTuningError) {
        let steps = plan.batches.steps(epoch: 0).map { $0.map { task.training[$0] } }
        let tokens = steps.map { $0.reduce(0) { $0 + $1.tokenCount } }
        let byTokens = steps.indices.sorted { (tokens[$0], $0) > (tokens[$1], $1) }
        try rehearse(steps[byTokens[0]])

        // The middle of each equal part: what long and short steps cost together.
        let chosen = (0..<Self.measured).map { byTokens[(2 * $0 + 1) * byTokens.count / (2 * Self.measured)] }
        let start = clock.elapsed()
        for index in chosen { try rehearse(steps[index]) }
        let seconds = (clock.elapsed() - start).seconds
        let perToken = seconds / Double(chosen.reduce(0) { $0 + tokens[$1] })
        let perEpoch = perToken * Double(tokens.reduce(0, +))
        model.clearGradients(team: team)
        optimizer.clearMoments()

        tell(
            .survey(
                RunSurvey(
                    data: task.survey, examples: task.training.count,
                    parameterCount: parameters.reduce(0) { $0 + $1.values.count },
                    stepsPerEpoch: plan.batches.stepsPerEpoch, totalSteps: plan.totalSteps,
                    secondsPerStep: perEpoch / Double(plan.batches.stepsPerEpoch), secondsPerEpoch: perEpoch,
                    peakBytes: MemoryUse.peakBytes, machineBytes: MemoryUse.machineBytes)))
        if let advice = LengthAdvice(task, limit: model.configuration.maximumPositions) {
            tell(.note(advice.sentence))
        }
    }

    private func rehearse(_ examples: [Example]) throws(FineTuningError) {
        let (loss, norm) = accumulate(examples, step: 0)
        try require(loss, "loss")
        try require(norm, "gradient norm")
        optimizer.step(number: 1, rate: 0, scale: 1, team: team)
        model.parametersChanged(team: team)
    }
}
