import BERT
import Foundation
import Tasks

extension ClassificationTask {
    /// Metrics over the whole set, the one that picks the best first; none where the truth is not known.
    package func evaluate(_ set: EvaluationSet, outputs: [[Float]]) -> Evaluation {
        precondition(
            outputs.count == set.examples.count, "\(outputs.count) outputs for \(set.examples.count) examples")
        let isKnown = !set.examples.isEmpty && set.examples.allSatisfy { $0.target != .unknown }
        guard isKnown else { return Evaluation(metrics: []) }
        return labels.isEmpty ? judgeNumbers(set, outputs) : judgeLabels(set, outputs)
    }

    private func judgeLabels(_ set: EvaluationSet, _ outputs: [[Float]]) -> Evaluation {
        var matrix = ConfusionMatrix(labels: labels.count)
        for (example, logits) in zip(set.examples, outputs) {
            guard case .label(let truth) = example.target else { continue }
            matrix.add(truth: truth, predicted: Probabilities.best(logits))
        }
        var metrics: [(MetricName, Double)] = [
            (.accuracy, matrix.accuracy), (.macroF1, matrix.macroF1), (.weightedF1, matrix.weightedF1),
            (.matthews, matrix.matthews),
        ]
        if labels.count == 2 {
            metrics += [(.f1, matrix.f1(1)), (.precision, matrix.precision(1)), (.recall, matrix.recall(1))]
        }
        let loss = MetricValue.loss(set.examples, outputs: outputs, head: head)
        return Evaluation(metrics: ordered(metrics, loss), labels: matrix.scores(labels), confusion: matrix.counts)
    }

    private func judgeNumbers(_ set: EvaluationSet, _ outputs: [[Float]]) -> Evaluation {
        let truth = set.examples.map { example -> Double in
            if case .value(let value) = example.target { Double(value) } else { 0 }
        }
        let predicted = outputs.map { Double($0[0]) }
        let metrics: [(MetricName, Double)] = [
            (.pearson, Correlation.pearson(truth, predicted)), (.spearman, Correlation.spearman(truth, predicted)),
            (.meanSquaredError, Correlation.meanSquaredError(truth, predicted)),
        ]
        return Evaluation(metrics: ordered(metrics, MetricValue.loss(set.examples, outputs: outputs, head: head)))
    }

    private func ordered(_ metrics: [(MetricName, Double)], _ loss: [MetricValue]) -> [MetricValue] {
        let all = metrics.map { MetricValue(name: $0.0.rawValue, value: $0.1) } + loss
        return all.filter { $0.name == metric.rawValue } + all.filter { $0.name != metric.rawValue }
    }

    /// The seed's form: a header, then each row's number from 0, a tab, and its label, or its number with three decimals.
    package func predictions(_ set: EvaluationSet, outputs: [[Float]]) -> PredictionsFile {
        var text = "index\tprediction\n"
        for (index, logits) in outputs.enumerated() {
            let prediction =
                labels.isEmpty ? String(format: "%.3f", logits[0]) : Self.cell(labels[Probabilities.best(logits)])
            text += "\(index)\t\(prediction)\n"
        }
        return PredictionsFile(name: "predictions_\(set.name).tsv", text: text)
    }

    /// A label that holds tabs or line ends cannot be written as it is.
    private static func cell(_ label: String) -> String {
        String(label.map { $0.isNewline || $0 == "\t" ? " " : $0 })
    }
}
