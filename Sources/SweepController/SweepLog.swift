package import Foundation
package import Messages
package import Sweep
import Tasks

/// A sweep as the log tells it: its study, and what people want to see beside it. A fold over the events of the group, so
/// that a controller, a watcher and a report that read the same log see the same.
package struct SweepLog: Sendable {
    /// What became of one job.
    package struct Work: Sendable {
        package let name: StretchName
        package var settings: [String: String]
        package var stopAtStep: Int?
        package var startFrom: Digest?
        package var worker: String?
        package var began: Date?
        package var ended: Date?
        package var error: String?
        package var checkpoint: Messages.Checkpoint?
        /// Of its last progress: steps of the whole schedule.
        package var progress: TrainingProgress?
        package var isOpen: Bool { ended == nil }
    }

    package let definition: SweepDefinition
    package var study: Study
    package private(set) var survey: Survey?
    package private(set) var surveyError: String?
    package private(set) var works: [Identifier: Work] = [:]
    /// Of each stretch, where its last checkpoint is.
    package private(set) var checkpoints: [Stretch: Digest] = [:]
    /// Why stretches were not taken.
    package private(set) var refusals: [Stretch: String] = [:]
    package private(set) var began: Date?
    package private(set) var lastEvent: Date?
    /// What the winner was registered as.
    package private(set) var promoted: ModelReference?
    /// The winner's metrics, as the promoting job told them.
    package private(set) var promotedMetrics: [Metric] = []

    package init(_ definition: SweepDefinition) {
        self.definition = definition
        study = Study(definition.study)
    }

    package var surveyJob: String { "\(definition.name).survey" }
    package static let promotion = ".promote-"

    package mutating func take(_ event: Event) {
        guard let job = event.address?.jobID else { return }
        let time = Date(timeIntervalSince1970: Double(event.time.microseconds) / 1e6)
        if event.seq != nil { lastEvent = time }
        if job.string == surveyJob { return takeSurvey(event.body) }
        if job.string.hasPrefix(definition.name + Self.promotion) { return takePromotion(event.body) }
        guard let name = StretchName(job, of: definition.name) else { return }
        began = began ?? time
        take(event.body, of: job, name, at: time)
    }

    /// How much the definition lets begin now.
    package var intake: Intake {
        if let deadline = definition.deadline, Date() >= deadline { return .nothing }
        return switch definition.intent {
        case .run: .everything
        case .stop: .begunTrials
        case .pause, .cancel: .nothing
        }
    }

    /// Whether there is nothing left to do.
    package var isOver: Bool {
        if surveyError != nil { return true }
        return switch intake {
        case .everything: study.isDone
        case .begunTrials: study.isIdle
        case .nothing: study.openCount == 0
        }
    }

    private mutating func takeSurvey(_ body: Event.Body) {
        switch body {
        case .survey(let survey): self.survey = survey
        case .failed(let error), .dead(let error, _): surveyError = "\(error)"
        case .cancelled(let reason): surveyError = reason ?? "it was cancelled"
        default: break
        }
    }

    private mutating func takePromotion(_ body: Event.Body) {
        guard case .succeeded(let succeeded) = body else { return }
        (promoted, promotedMetrics) = (succeeded.model, succeeded.metrics)
    }

    private mutating func take(_ body: Event.Body, of job: Identifier, _ name: StretchName, at time: Date) {
        let stretch = name.stretch
        switch body {
        case .accepted(let accepted):
            let settings = Dictionary(accepted.settings.map { ($0.name, $0.value) }) { $1 }
            works[job] = Work(
                name: name, settings: settings, stopAtStep: accepted.stopAtStep, startFrom: accepted.startFrom)
            guard let point = definition.study.space.point(reading: settings) else { return }
            study.observe(.began(stretch, point, attempt: name.attempt))
        case .started(let worker):
            works[job]?.worker = worker.string
            if works[job]?.began == nil { works[job]?.began = time }
        case .progress(let progress): works[job]?.progress = progress
        case .metrics(let metrics): score(metrics, stretch)
        case .checkpoint(let checkpoint):
            works[job]?.checkpoint = checkpoint
            checkpoints[stretch] = checkpoint.digest
        case .succeeded(let succeeded): finish(job, stretch, succeeded, at: time)
        case .failed(let error):
            end(job, at: time, error)
            study.observe(error.code == .diverged ? .infeasible(stretch) : failure(of: stretch, error))
        case .dead(let error, _):
            end(job, at: time, error)
            study.observe(.failed(stretch))
        case .cancelled:
            end(job, at: time, nil)
            study.observe(.cancelled(stretch))
        default: break
        }
    }

    /// What is wrong with the data or the settings is so however often it is tried.
    private func failure(of stretch: Stretch, _ error: ServiceError) -> StudyEvent {
        error.isRetryable || error.code == .internal || error.code == .storageFull
            ? .failed(stretch) : .cancelled(stretch)
    }

    private mutating func score(_ metrics: Metrics, _ stretch: Stretch) {
        guard metrics.set == "dev", let epoch = metrics.epoch,
            let value = metrics.metrics.first(where: { $0.name == definition.metric })?.value
        else { return }
        study.observe(.scored(stretch, epochs: epoch, value))
    }

    private mutating func finish(_ job: Identifier, _ stretch: Stretch, _ succeeded: Succeeded, at time: Date) {
        end(job, at: time, nil)
        if let digest = succeeded.checkpoint ?? works[job]?.startFrom { checkpoints[stretch] = digest }
        guard let work = works[job] else { return }
        let step = work.checkpoint?.step ?? 0
        study.observe(
            .reached(
                stretch, epochs: Double(step) / Double(stepsPerEpoch(work.settings) ?? 1),
                hadEnough: work.stopAtStep.map { step < $0 } ?? false))
    }

    private mutating func end(_ job: Identifier, at time: Date, _ error: ServiceError?) {
        works[job]?.ended = time
        works[job]?.error = error.map { "\($0)" }
        works[job]?.progress = nil
    }

    /// The service would not take a job: it is in no log.
    package mutating func refuse(_ name: StretchName, _ reason: String) {
        refusals[name.stretch] = reason
    }

    /// As the training counts them: the last step of an epoch may be smaller. Nil before the survey.
    package func stepsPerEpoch(_ settings: [String: String]) -> Int? {
        guard let set = survey?.sets.first, let options = definition.options(settings) else { return nil }
        let step = options.batchSize * options.accumulation
        return max(1, ((set.examples ?? set.rows) + step - 1) / step)
    }
}
