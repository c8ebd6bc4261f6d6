/// What a run tells while it goes on, in the order in which it happens.
package enum RunEvent: Sendable, Equatable {
    /// Once, before any training.
    case survey(RunSurvey)
    /// At most four a second.
    case progress(RunProgress)
    case evaluation(step: Int, epoch: Double, set: String, Evaluation)
    /// A complete checkpoint folder, which stays until the next `checkpoint` event is answered.
    case checkpoint(folder: String, step: Int, isBest: Bool)
    /// A sentence for people.
    case note(String)
}
