import Foundation
import ModelFiles

/// Where a run stands, besides its numbers: everything that the steps to come depend on.
///
/// In a checkpoint it is `trainer_state.json`, with Trainer's names and, under `bertd`, what Trainer has none for.
struct RunState: Sendable, Equatable {
    struct Best: Sendable, Equatable {
        let step: Int
        let value: Double
    }

    /// Optimizer steps done.
    var step = 0
    /// The last step that was evaluated.
    var evaluatedStep = 0
    /// The step with the best value of the run's metric so far.
    var best: Best?
    /// Evaluations since then.
    var staleEvaluations = 0
    var log: [LogEntry] = []
    /// Losses of the steps since the last line of the log, and of all steps.
    var lossSum = 0.0
    var lossCount = 0
    var totalLoss = 0.0

    static let file = "trainer_state.json"

    /// - Parameter plan: what does not change in a run
    func json(_ plan: RunPlan) -> JSONValue {
        .object([
            "best_global_step": best.map { .integer($0.step) } ?? .null,
            "best_metric": best.map { .number($0.value) } ?? .null,
            "best_model_checkpoint": best.map { .string(Checkpoint.name(step: $0.step)) } ?? .null,
            "epoch": .number(plan.epoch(step)),
            "global_step": .integer(step),
            "is_hyper_param_search": .bool(false),
            "is_local_process_zero": .bool(true),
            "is_world_process_zero": .bool(true),
            "log_history": .array(log.map(\.json)),
            "logging_steps": .integer(plan.loggingSteps),
            "max_steps": .integer(plan.totalSteps),
            "num_train_epochs": .integer(plan.epochs),
            "train_batch_size": .integer(plan.stepSize),
            "bertd": .object([
                "data": .string(plan.dataDigest), "evaluated_step": .integer(evaluatedStep),
                "loss_count": .integer(lossCount), "loss_sum": .number(lossSum), "total_loss": .number(totalLoss),
                "stale_evaluations": .integer(staleEvaluations),
            ]),
        ])
    }

    init() {}

    init(_ json: JSONObject) throws(ModelFileError) {
        let steps = 0...Int.max
        step = try json.integer("global_step", in: steps)
        if json.value("best_global_step") != nil {
            best = Best(
                step: try json.integer("best_global_step", in: steps), value: try json.double("best_metric"))
        }
        for entry in try json.objects("log_history") { log.append(try LogEntry(entry)) }
        let own = try json.object("bertd")
        evaluatedStep = try own.integer("evaluated_step", in: steps)
        staleEvaluations = try own.integer("stale_evaluations", in: steps)
        lossCount = try own.integer("loss_count", in: steps)
        lossSum = try own.double("loss_sum")
        totalLoss = try own.double("total_loss")
    }
}
