package import Foundation
package import Tasks
package import Tensors

/// One fine-tuning run, from its data to a Hugging Face folder; the loop is the same for every task.
///
///     survey ─► step ─► … ─► evaluation, checkpoint ─► step ─► … ─► best parameters ─► WORK/model/
///                 └─ every two minutes, and when it is told to stop: checkpoint
///
/// The bytes of what it leaves are a function of the task, the options and the base model: neither the lanes of the team nor
/// how often the run was stopped and resumed changes any, dates aside (`times.json`, the TensorBoard file, the run time in
/// `all_results.json`).
package struct FineTuningRun: Sendable {
    let task: any TrainingTask
    let options: FineTuningOptions
    let base: URL
    let work: URL
    let resume: URL?
    let stopAtStep: Int?
    let totalSteps: Int?
    let isDryRun: Bool
    let card: CardFacts
    let kernels: Kernels

    /// - Parameters:
    ///   - base: the folder of the model to start from
    ///   - work: an existing folder, empty or this run's own from before
    ///   - resume: the folder of a checkpoint of this run to go on from; it is only read
    ///   - stopAtStep: where to evaluate, write a checkpoint and end, if nothing is left to be trained before; the schedule
    ///     is not changed by it
    ///   - totalSteps: the steps of the schedule, where they are not those of the epochs
    ///   - isDryRun: whether to end after the survey
    package init(
        task: any TrainingTask, options: FineTuningOptions, base: URL, work: URL, resume: URL? = nil,
        stopAtStep: Int? = nil, totalSteps: Int? = nil, isDryRun: Bool = false, card: CardFacts, kernels: Kernels
    ) {
        self.task = task
        self.options = options
        self.base = base
        self.work = work
        self.resume = resume
        self.stopAtStep = stopAtStep
        self.totalSteps = totalSteps
        self.isDryRun = isDryRun
        self.card = card
        self.kernels = kernels
    }

    /// Trains until the end, or until `events` answers that it is to stop.
    ///
    /// Events come on the calling thread, progress at most four a second; the run goes on when they are answered.
    package func run(
        team: Team, clock: RunClock = .system, events: @escaping (RunEvent) -> RunOrder
    ) throws(FineTuningError) -> RunOutcome {
        try Training(self, team: team, clock: clock, events: events).run()
    }
}
