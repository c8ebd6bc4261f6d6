package import Foundation
import ModelFiles
package import Tasks
package import Tensors

/// Judges a model that was fine-tuned before on every evaluation set of a task, without training.
package struct EvaluationRun: Sendable {
    package struct Result: Sendable {
        package let set: String
        package let evaluation: Evaluation
        package let predictions: PredictionsFile
    }

    private let task: any TrainingTask
    private let model: URL
    private let kernels: Kernels

    /// - Parameters:
    ///   - task: read with the labels of the model
    ///   - model: a folder that has the task's head
    package init(task: any TrainingTask, model: URL, kernels: Kernels) {
        self.task = task
        self.model = model
        self.kernels = kernels
    }

    /// - Parameter goesOn: asked before every batch
    /// - Returns: one result a set; nil where it was told to stop
    package func run(
        options: FineTuningOptions, team: Team, goesOn: () -> Bool
    ) throws(FineTuningError) -> [Result]? {
        let base = try BaseModel(model)
        let head = TaskHead(task)
        guard base.folder.head == head else {
            let found =
                base.folder.head.map { "\($0.kind.rawValue) with \($0.labels.count) labels" } ?? "no head of a task"
            throw .model(
                reason: "it has \(found), expected \(head.kind.rawValue) with \(head.labels.count) labels")
        }
        let training = try base.training(task, options: options, kernels: kernels)
        var results: [Result] = []
        for set in task.evaluationSets {
            try base.check(set.examples)
            guard
                let outputs = Scoring.outputs(
                    set.examples, model: training, count: options.evaluationBatchSize, team: team, goesOn: goesOn)
            else { return nil }
            results.append(
                Result(
                    set: set.name, evaluation: task.evaluate(set, outputs: outputs),
                    predictions: task.predictions(set, outputs: outputs)))
        }
        return results
    }
}
