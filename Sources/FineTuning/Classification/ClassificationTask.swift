package import BERT
package import Tasks

/// A label, or a number, for one text or a pair: GLUE, XNLI, LCQMC, ChnSentiCorp, and a person's own table.
package struct ClassificationTask: TrainingTask {
    package let labels: [String]
    package let training: [Example]
    package let evaluationSets: [EvaluationSet]
    package let metric: MetricName
    package let survey: DataSurvey
    package let splitFile: PredictionsFile?

    package var head: Head { .sequence(labels: labels.isEmpty ? 1 : labels.count) }
}
