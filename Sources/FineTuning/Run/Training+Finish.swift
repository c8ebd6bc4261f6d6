import BERT
import Foundation
import ModelFiles

extension Training {
    /// The name of the folder that a run leaves.
    private static let modelFolder = "model"

    /// Takes the best parameters, judges them on every set, and writes the folder of the model.
    func finish() throws(FineTuningError) -> RunOutcome {
        if savedState != state { try save() }
        if let best = state.best, best.step != state.step {
            try Checkpoint.read(parameters, from: checkpoints.bestWeights)
            model.parametersChanged(team: team)
        }
        var results: [FinalResult] = []
        for set in task.evaluationSets {
            let known = lastOutputs.flatMap { $0.step == state.best?.step ? $0.sets[set.name] : nil }
            let outputs = if let known { known } else { try score(set) }
            guard let outputs else { return try stopped() }
            var evaluation = task.evaluate(set, outputs: outputs)
            if set.name == "test" {
                evaluation.metrics += Bootstrap.interval(task, set, outputs: outputs, seed: plan.seed)
            }
            results.append(FinalResult(set, evaluation, task.predictions(set, outputs: outputs)))
            if set.name == "test" {
                tell(.evaluation(step: bestStep, epoch: plan.epoch(bestStep), set: set.name, evaluation))
            }
        }
        times.trainingSeconds += pace.settle(clock.elapsed())
        let folder = try write(results)
        return .finished(folder: folder.path, metrics: results.flatMap(\.metrics))
    }

    /// The step whose parameters are delivered.
    private var bestStep: Int { state.best?.step ?? state.step }

    private func write(_ results: [FinalResult]) throws(FineTuningError) -> URL {
        let destination = order.work.appending(path: Self.modelFolder)
        let report = RunReport(
            order: order, plan: plan, state: state, times: times, results: results, bestStep: bestStep)
        do {
            let folder = try FolderWriter(destination)
            try shell.write(to: folder)
            try folder.write(parameters.map(\.output), to: Checkpoint.weightsFile)
            try folder.write(state.json(plan).file, to: RunState.file)
            try folder.write(plan.arguments.file, to: RunPlan.argumentsFile)
            try folder.write(report.allResults.file, to: "all_results.json")
            try folder.write(Data(ModelCard(report).text.utf8), to: "README.md")
            for result in results where !result.predictions.text.isEmpty {
                try folder.write(Data(result.predictions.text.utf8), to: result.predictions.name)
            }
            if let split = task.splitFile { try folder.write(Data(split.text.utf8), to: split.name) }
            try folder.write(EventFile(log: state.log, dates: times.log).bytes, to: EventFile.name)
            try folder.commit()
        } catch {
            throw FineTuningError(error)
        }
        return destination
    }
}
