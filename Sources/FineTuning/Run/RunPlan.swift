import BERT
import ModelFiles
import Tasks

/// What a run consists of from its first step to its last, fixed before it begins.
struct RunPlan: Sendable {
    let options: FineTuningOptions
    let batches: BatchPlan
    let schedule: Schedule
    let totalSteps: Int
    /// Tells the training data of one run from those of another.
    let dataDigest: String

    init(_ task: any TrainingTask, options: FineTuningOptions, totalSteps: Int?) throws(FineTuningError) {
        guard !task.training.isEmpty else { throw .missingData(role: "train", task: options.task.rawValue) }
        self.options = options
        batches = BatchPlan(
            lengths: task.training.map(\.tokenCount), stepSize: options.batchSize * options.accumulation,
            seed: UInt64(bitPattern: Int64(options.seed)))
        self.totalSteps = totalSteps ?? options.epochs * batches.stepsPerEpoch
        schedule = Schedule(
            peak: options.learningRate, shape: options.schedule, warmupSteps: options.warmupSteps(of: self.totalSteps),
            totalSteps: self.totalSteps)
        dataDigest = DataDigest.of(task.training)
    }

    var seed: UInt64 { UInt64(bitPattern: Int64(options.seed)) }
    var stepSize: Int { options.batchSize * options.accumulation }
    var loggingSteps: Int { options.loggingSteps }
    var epochs: Int { (totalSteps + batches.stepsPerEpoch - 1) / batches.stepsPerEpoch }

    /// Epochs done after `step` steps, with their fraction.
    func epoch(_ step: Int) -> Double { Double(step) / Double(batches.stepsPerEpoch) }

    func endsEpoch(_ step: Int) -> Bool { step.isMultiple(of: batches.stepsPerEpoch) || step == totalSteps }

    /// Whether the development sets are judged after `step` steps.
    func isEvaluated(_ step: Int) -> Bool {
        guard step > 0 else { return false }
        return switch options.evaluation {
        case .epoch: endsEpoch(step)
        case .steps(let count): step.isMultiple(of: count) || step == totalSteps
        }
    }

    /// The settings as a request gives them.
    var settings: JSONValue {
        .object(Dictionary(options.settings.map { ($0.name, JSONValue.string($0.value)) }) { $1 })
    }

    /// `training_args.json`.
    var arguments: JSONValue { .object(["task": .string(options.task.rawValue), "settings": settings]) }

    static let argumentsFile = "training_args.json"
}
