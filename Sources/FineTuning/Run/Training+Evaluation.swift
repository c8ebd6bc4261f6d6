import Foundation
import Tasks

extension Training {
    /// Judges the sets on the way, notes the metrics, and whether this step is the best; nothing is noted where it was told
    /// to stop meanwhile.
    func evaluate() throws(FineTuningError) {
        guard let judged = try judge(order.task.evaluationSets.filter { $0.name != "test" }) else { return }
        state.evaluatedStep = state.step
        if plan.endsEpoch(state.step) { needsSaving = true }
        for (set, evaluation) in judged {
            append(LogEntry(step: state.step, epoch: plan.epoch(state.step), set: set, evaluation))
        }
        guard let first = judged.first else { return }
        let value = try value(of: first.evaluation)
        if state.best.map({ task.metric.isBetter(value, than: $0.value) }) ?? true {
            state.best = RunState.Best(step: state.step, value: value)
            state.staleEvaluations = 0
            needsSaving = true
        } else {
            state.staleEvaluations += 1
        }
    }

    /// Judges where a stretch of a run ends, and leaves no trace of it in the run: it would not be there had the run gone on.
    func judgeStop() throws(FineTuningError) {
        guard state.evaluatedStep < state.step else { return }
        guard let judged = try judge(task.evaluationSets.filter { $0.name != "test" }) else { return }
        judgedStop = judged.flatMap { LogEntry(step: state.step, epoch: 0, set: $0.set, $0.evaluation).values }
    }

    /// Where the run stands: the values of its last evaluation, and of its best one by Trainer's names.
    var standing: [MetricValue] {
        let last = state.log.filter { $0.step == state.evaluatedStep && $0.isEvaluation }.flatMap(\.values)
        let best = state.best.map {
            [
                MetricValue(name: "best_metric", value: $0.value),
                MetricValue(name: "best_global_step", value: Double($0.step)),
            ]
        }
        return (judgedStop ?? last) + (best ?? [])
    }

    /// Scores and judges sets, and tells the metrics; nil where it was told to stop meanwhile.
    func judge(_ sets: [EvaluationSet]) throws(FineTuningError) -> [(set: String, evaluation: Evaluation)]? {
        let start = clock.elapsed()
        defer { pace.evaluated(seconds: (clock.elapsed() - start).seconds) }
        var judged: [(set: String, evaluation: Evaluation)] = []
        var outputs: [String: [[Float]]] = [:]
        for set in sets {
            guard let scored = try score(set) else { return nil }
            outputs[set.name] = scored
            let evaluation = task.evaluate(set, outputs: scored)
            judged.append((set.name, evaluation))
            tell(.evaluation(step: state.step, epoch: plan.epoch(state.step), set: set.name, evaluation))
        }
        lastOutputs = (state.step, outputs)
        return judged
    }

    /// The outputs of a set's examples; nil where it was told to stop meanwhile.
    func score(_ set: EvaluationSet) throws(FineTuningError) -> [[Float]]? {
        let outputs = Scoring.outputs(
            set.examples, model: model, count: options.evaluationBatchSize, team: team,
            goesOn: {
                tellProgress()
                return !isStopping
            })
        for output in outputs ?? [] {
            for logit in output { try require(Double(logit), "model's output") }
        }
        return outputs
    }

    private func value(of evaluation: Evaluation) throws(FineTuningError) -> Double {
        guard let value = evaluation[task.metric.rawValue] else {
            let known = evaluation.metrics.map(\.name).joined(separator: ", ")
            throw .option(name: "metric", expected: "one of \(known)", found: "'\(task.metric.rawValue)'")
        }
        return value
    }
}
