import ModelFiles

/// A run that has ended, as its files tell of it.
struct RunReport {
    let order: FineTuningRun
    let plan: RunPlan
    let state: RunState
    let times: RunTimes
    let results: [FinalResult]
    let bestStep: Int

    /// `all_results.json`, with Trainer's names. Rates are over all that the run did, evaluation included.
    var allResults: JSONValue {
        let seconds = times.trainingSeconds
        let samples = state.step * plan.stepSize
        var members: [String: JSONValue] = [
            "best_global_step": .integer(bestStep),
            "epoch": .number(plan.epoch(state.step)),
            "train_loss": .number(state.totalLoss / Double(max(1, state.step))),
            "train_runtime": .number(seconds),
            "train_samples": .integer(order.task.training.count),
            "train_samples_per_second": .number(seconds > 0 ? Double(samples) / seconds : 0),
            "train_steps_per_second": .number(seconds > 0 ? Double(state.step) / seconds : 0),
        ]
        for result in results {
            members["\(LogEntry.prefix(of: result.set))_samples"] = .integer(result.examples)
            for metric in result.metrics { members[metric.name] = .number(metric.value) }
        }
        return .object(members)
    }
}
