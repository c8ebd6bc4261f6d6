import Tasks

extension TrainingRequest {
    /// Reads and tokenizes the data of a task: the one table from what can be asked to what reads it.
    package func open() throws(FineTuningError) -> any TrainingTask {
        switch task.kind {
        case .classification, .regression: try ClassificationTask(request: self)
        case .questionAnswering: try QuestionAnsweringTask(request: self)
        case .tokenClassification: try TokenClassificationTask(request: self)
        case .intentSlots: try IntentSlotsTask(request: self)
        }
    }
}
