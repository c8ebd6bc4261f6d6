package import Messages

/// What a run tells from its lane, before it has its number.
package enum RunNews: Sendable {
    case progress(TrainingProgress)
    case survey(Survey)
    case metrics(Metrics)
    case checkpoint(SavedCheckpoint)
    case note(String)

    /// - Parameter number: of this report among those of its lease that are kept
    func body(number: Int) -> RunReport.Body {
        switch self {
        case .progress(let progress): .progress(progress)
        case .survey(let survey): .survey(number: number, survey)
        case .metrics(let metrics): .metrics(number: number, metrics)
        case .checkpoint(let checkpoint): .checkpoint(number: number, checkpoint)
        case .note(let sentence): .note(number: number, sentence)
        }
    }

    var isKept: Bool {
        if case .progress = self { false } else { true }
    }
}
