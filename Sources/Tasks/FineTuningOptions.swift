/// The hyper-parameters of one run, each in its range.
///
/// What each of them means, and every name it goes by, is said once, in ``Hyperparameter/all``.
package struct FineTuningOptions: Sendable, Hashable {
    package let task: TaskName

    package internal(set) var learningRate = 3e-5
    package internal(set) var epochs = 3
    package internal(set) var batchSize = 32
    package internal(set) var accumulation = 1
    package internal(set) var evaluationBatchSize = 32
    package internal(set) var optimizer = OptimizerName.adamw
    package internal(set) var beta1 = 0.9
    package internal(set) var beta2 = 0.999
    package internal(set) var epsilon = 1e-8
    package internal(set) var weightDecay = 0.01
    package internal(set) var warmupRatio = 0.1
    /// Wins over the ratio.
    package internal(set) var warmupSteps: Int?
    package internal(set) var schedule = ScheduleShape.linear
    /// 0: not clipped.
    package internal(set) var maxGradientNorm = 1.0
    package internal(set) var maxLength = 128
    package internal(set) var seed = 42
    package internal(set) var labelSmoothing = 0.0
    package internal(set) var classWeights = ClassWeights.none
    /// nil: as the model's configuration says.
    package internal(set) var dropout: Double?
    package internal(set) var frozenLayers = 0
    /// nil: never.
    package internal(set) var earlyStoppingPatience: Int?
    package internal(set) var evaluation = EvaluationInterval.epoch
    package internal(set) var metric: MetricName
    package internal(set) var loggingSteps = 10
    package internal(set) var devFraction = 0.1

    package internal(set) var stride = 128
    package internal(set) var maxQueryLength = 64
    package internal(set) var nBest = 20
    package internal(set) var maxAnswerLength = 30
    package internal(set) var nullThreshold = 0.0
    package internal(set) var version2 = false

    package internal(set) var slotLossFactor = 1.0
    package internal(set) var tagging = TaggingScheme.detected

    var checkpointSeconds = 120

    /// The longest that work goes on without a checkpoint.
    package var checkpointInterval: Duration { .seconds(checkpointSeconds) }

    /// The defaults of a task.
    package init(task: TaskName) {
        self.task = task
        metric = MetricName.judging(task.kind)[0]
        if task.kind == .questionAnswering {
            (epochs, batchSize, maxLength) = (2, 12, 384)
        }
        if task.isNamedSet { applySeedDefaults() }
    }

    /// The defaults of a task, and what is set instead.
    ///
    /// - Throws: a name that no setting has or that this task does not have, a value of another type or outside its range,
    ///   one thing set twice, and lengths that leave no room for a context
    package init(task: TaskName, settings: [(name: String, value: String)]) throws(OptionError) {
        self.init(task: task)
        var given: [String: String] = [:]
        for setting in settings {
            let entry = try Hyperparameter.named(setting.name, of: task)
            if let other = given.updateValue(setting.name, forKey: entry.name) {
                throw .givenTwice(field: entry.name, names: [other, setting.name])
            }
            try entry.set(setting.value, in: &self)
        }
        if let ratio = given["warmup_ratio"], let steps = given["warmup_steps"] {
            throw .givenTwice(field: "warmup_steps", names: [ratio, steps])
        }
        if given["optimizer"] != nil, given["epsilon"] == nil, optimizer != FineTuningOptions(task: task).optimizer {
            epsilon = optimizer.usualEpsilon
        }
        try checkLengths()
    }

    /// Every setting of the task with its value, in the order of the table; what is off or left to the model is left out.
    ///
    /// Gives these options again.
    package var settings: [(name: String, value: String)] {
        Hyperparameter.all.filter { $0.kinds.contains(task.kind) }.compactMap { entry in
            if entry.name == "warmup_ratio", warmupSteps != nil { return nil }
            return entry.text(of: self).map { (entry.name, $0) }
        }
    }

    /// The last step of the warm-up in a run of `total` steps.
    package func warmupSteps(of total: Int) -> Int {
        min(total, warmupSteps ?? Int(Double(total) * warmupRatio))
    }

    /// [CLS], two [SEP] and one token of the context have to fit beside the question.
    private func checkLengths() throws(OptionError) {
        guard task.kind == .questionAnswering, maxLength < maxQueryLength + 4 else { return }
        throw .tooSmall(field: "max_length", least: maxQueryLength + 4, found: maxLength)
    }
}
