import BERT
import Foundation
import ModelFiles
import Tasks
import Tensors

/// A run while it goes on: the model, its optimizer, and where it stands. Confined to the thread that drives it.
final class Training {
    /// The least time from one progress event to the next.
    static let progressInterval = Duration.milliseconds(250)

    let order: FineTuningRun
    let team: Team
    let clock: RunClock
    let plan: RunPlan
    let model: TrainingModel
    let optimizer: Optimizer
    let weighting: LossWeighting
    let shell: ModelShell
    let checkpoints: CheckpointFolder
    let parameters: [Numbers]
    let moments: [Numbers]
    private let events: (RunEvent) -> RunOrder

    var state = RunState()
    var times = RunTimes()
    var pace: Pace
    /// Whether it was told to stop.
    private(set) var isStopping = false
    /// The steps of one epoch, which most steps have in common with the one before.
    private var epochSteps: (epoch: Int, steps: [[Int]])?
    /// What was found where a stretch ended.
    var judgedStop: [MetricValue]?
    /// Outputs of the last evaluation, where the parameters are still the same.
    var lastOutputs: (step: Int, sets: [String: [[Float]]])?
    /// The last checkpoint, and the last whose parameters gave a finite loss.
    var savedCheckpoint: URL?
    var goodCheckpoint: URL?
    /// What the last checkpoint holds.
    var savedState: RunState?
    /// Whether there is something that only a checkpoint makes safe.
    var needsSaving = false

    var task: any TrainingTask { order.task }
    var options: FineTuningOptions { order.options }

    init(
        _ order: FineTuningRun, team: Team, clock: RunClock, events: @escaping (RunEvent) -> RunOrder
    ) throws(FineTuningError) {
        self.order = order
        self.team = team
        self.clock = clock
        self.events = events
        plan = try RunPlan(order.task, options: order.options, totalSteps: order.totalSteps)
        weighting = try LossWeighting(order.task, options: order.options)
        let base = try BaseModel(order.base)
        model = try base.training(order.task, options: order.options, kernels: order.kernels)
        for examples in [order.task.training] + order.task.evaluationSets.map(\.examples) {
            try base.check(examples)
        }
        shell = base.shell(order.task)
        optimizer = Optimizer(model.parameters, options: order.options)
        parameters = model.parameters.map(Numbers.init)
        moments = optimizer.moments
        checkpoints = CheckpointFolder(order.work)
        pace = Pace(now: clock.elapsed(), log: state.log)
        if let folder = order.resume { try resume(folder) }
    }

    private func resume(_ folder: URL) throws(FineTuningError) {
        let checkpoint = try Checkpoint(opening: folder, plan: plan)
        (state, times) = (checkpoint.state, checkpoint.times)
        try checkpoint.restore(parameters: parameters, moments: isAtItsEnd ? [] : moments)
        try checkpoints.adopt(checkpoint)
        model.parametersChanged(team: team)
        (savedCheckpoint, goodCheckpoint, savedState) = (folder, folder, state)
    }

    /// Tells an event and notes the answer.
    func tell(_ event: RunEvent) {
        if events(event) == .saveAndStop { isStopping = true }
    }

    func run() throws(FineTuningError) -> RunOutcome {
        if order.resume == nil {
            try survey()
            if order.isDryRun { return .surveyed }
        }
        pace = Pace(now: clock.elapsed(), log: state.log)
        while true {
            if pace.isCheckpointDue(clock.elapsed(), options.checkpointInterval) { needsSaving = true }
            if needsSaving { try save() }
            if !isStopping, plan.isEvaluated(state.step), state.evaluatedStep < state.step {
                try evaluate()
                if needsSaving { try save() }
            }
            if isStopping { return try stopped() }
            guard let stop = order.stopAtStep else {
                if isAtItsEnd { return try finish() }
                try takeStep()
                continue
            }
            // Who asks for a stop decides what comes after it, where nothing is left to be trained too.
            if isAtItsEnd || state.step >= stop {
                try judgeStop()
                return try stopped()
            }
            try takeStep()
        }
    }

    /// The folder to go on from: written now unless the last one has the same step and evaluation.
    func stopped() throws(FineTuningError) -> RunOutcome {
        if savedState != state { try save() }
        guard let folder = savedCheckpoint else { preconditionFailure("no checkpoint after saving") }
        return .stopped(checkpoint: folder.path, step: state.step, metrics: standing)
    }

    /// Whether nothing is left to be trained.
    private var isAtItsEnd: Bool { state.step >= plan.totalSteps || isOutOfPatience }

    private var isOutOfPatience: Bool {
        options.earlyStoppingPatience.map { state.staleEvaluations >= $0 } ?? false
    }

    private func takeStep() throws(FineTuningError) {
        let examples = self.examples(of: state.step)
        let (loss, norm) = accumulate(examples, step: state.step)
        try require(loss, "loss")
        try require(norm, "gradient norm")
        goodCheckpoint = savedCheckpoint
        let rate = plan.schedule.rate(state.step)
        optimizer.step(
            number: state.step + 1, rate: rate, scale: Optimizer.clipping(norm: norm, maximum: options.maxGradientNorm),
            team: team)
        model.parametersChanged(team: team)
        state.step += 1
        state.lossSum += loss
        state.totalLoss += loss
        state.lossCount += 1
        log(rate: rate, norm: norm)
        if plan.endsEpoch(state.step), !plan.isEvaluated(state.step) { needsSaving = true }
        pace.took(tokens: examples.reduce(0) { $0 + $1.tokenCount }, loss: loss, rate: rate, norm: norm)
        tellProgress()
    }

    /// Forward and backward over a step's examples; leaves the gradient of their mean loss.
    func accumulate(_ examples: [Example], step: Int) -> (loss: Double, norm: Double) {
        let (objective, scale) = weighting.objective(examples)
        model.clearGradients(team: team)
        var loss = 0.0
        for part in MicroBatch.cut(examples) {
            loss += model.accumulate(
                part.batch, targets: part.targets, firstExample: part.first, step: step, scale: Float(scale),
                objective: objective, team: team)
        }
        return (loss * scale, optimizer.gradientNorm(team: team))
    }

    func examples(of step: Int) -> [Example] {
        let (epoch, index) = step.quotientAndRemainder(dividingBy: plan.batches.stepsPerEpoch)
        if epochSteps?.epoch != epoch { epochSteps = (epoch, plan.batches.steps(epoch: epoch)) }
        return (epochSteps?.steps[index] ?? []).map { task.training[$0] }
    }

    func require(_ value: Double, _ quantity: String) throws(FineTuningError) {
        guard !value.isFinite else { return }
        throw .notFinite(
            quantity: quantity, step: state.step + 1, learningRate: plan.schedule.rate(state.step),
            lastCheckpoint: goodCheckpoint?.path)
    }

    private func log(rate: Double, norm: Double) {
        guard state.step.isMultiple(of: plan.loggingSteps) || state.step == plan.totalSteps else { return }
        let values = [
            MetricValue(name: "grad_norm", value: norm), MetricValue(name: "learning_rate", value: rate),
            MetricValue(name: "loss", value: state.lossSum / Double(state.lossCount)),
        ]
        append(LogEntry(step: state.step, epoch: plan.epoch(state.step), values: values))
        (state.lossSum, state.lossCount) = (0, 0)
    }

    func append(_ entry: LogEntry) {
        state.log.append(entry)
        times.log.append(clock.date())
    }

    /// Tells where the run stands, if that was not just done.
    func tellProgress() {
        let now = clock.elapsed()
        guard let progress = pace.progress(now, state: state, plan: plan, remaining: stepsLeft) else { return }
        tell(.progress(progress))
    }

    private var stepsLeft: Int { min(order.stopAtStep ?? .max, plan.totalSteps) - state.step }

    func save() throws(FineTuningError) {
        let now = clock.elapsed()
        times.trainingSeconds += pace.settle(now)
        let folder = try checkpoints.write(
            state, times: times, plan: plan, model: shell, parameters: parameters, moments: isAtItsEnd ? [] : moments)
        (savedCheckpoint, savedState, needsSaving) = (folder, state, false)
        pace.wroteCheckpoint(clock.elapsed())
        let isBest = state.best.map { $0.step == state.step } ?? false
        tell(.checkpoint(folder: folder.path, step: state.step, isBest: isBest))
    }
}
