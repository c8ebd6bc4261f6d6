/// What the delivered model did on a set.
struct FinalResult: Sendable {
    let set: String
    let examples: Int
    let evaluation: Evaluation
    let predictions: PredictionsFile

    init(_ set: EvaluationSet, _ evaluation: Evaluation, _ predictions: PredictionsFile) {
        self.set = set.name
        examples = set.examples.count
        self.evaluation = evaluation
        self.predictions = predictions
    }

    /// By the names of `all_results.json`.
    var metrics: [MetricValue] {
        evaluation.metrics.map { MetricValue(name: "\(LogEntry.prefix(of: set))_\($0.name)", value: $0.value) }
    }
}
