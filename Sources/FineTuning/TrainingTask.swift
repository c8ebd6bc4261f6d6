package import BERT
package import Tasks

/// A task with its data read and tokenized: what the loop trains, and how its outputs are judged.
///
/// One conformer a kind of task. An example's outputs are its logits, row-major: `[labels]` of a sequence head,
/// `[tokens, labels]` of a token head, `[tokens, 2]` of a span head, and of a joint head the sequence's before the tokens'.
package protocol TrainingTask: Sendable {
    var head: Head { get }
    /// Names of the labels by their index (`id2label`); empty for regression and spans.
    var labels: [String] { get }
    /// Names of the token labels of a joint head by their index; empty for every other head.
    var tokenLabels: [String] { get }
    var training: [Example] { get }
    var evaluationSets: [EvaluationSet] { get }
    /// What picks the best checkpoint, on the first evaluation set.
    var metric: MetricName { get }
    var survey: DataSurvey { get }
    /// The rows that were held back for development, where no file was given for it; nil else.
    var splitFile: PredictionsFile? { get }

    /// Judges the outputs of a set's examples; `outputs[i]` are those of example i.
    func evaluate(_ set: EvaluationSet, outputs: [[Float]]) -> Evaluation

    /// What the outputs answer, as a file.
    func predictions(_ set: EvaluationSet, outputs: [[Float]]) -> PredictionsFile
}

extension TrainingTask {
    package var tokenLabels: [String] { [] }
    package var splitFile: PredictionsFile? { nil }
}
