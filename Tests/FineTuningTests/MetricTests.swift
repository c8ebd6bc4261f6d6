import BERT
import Foundation
import Tasks
import Testing

@testable import FineTuning

/// Answers and what scikit-learn and scipy say of them; written by generate_metrics.py.
private struct GoldenMetrics: Decodable {
    struct Classification: Decodable {
        let labels: Int
        let truth: [Int]
        let logits: [[Float]]
        let accuracy, macroF1, weightedF1, matthewsCorrelation, loss: Double
        let f1, precision, recall: Double?
        let labelPrecision, labelRecall: [Double]
        let confusion: [[Int]]

        var metrics: [String: Double?] {
            [
                "accuracy": accuracy, "macro_f1": macroF1, "weighted_f1": weightedF1,
                "matthews_correlation": matthewsCorrelation, "loss": loss, "f1": f1, "precision": precision,
                "recall": recall,
            ]
        }
    }

    struct Regression: Decodable {
        let truth, given: [Float]
        let pearson, spearman, mse: Double
    }

    let classification: [Classification]
    let regression: [Regression]

    static let all: GoldenMetrics = {
        let url = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "golden_metrics.json")
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(GoldenMetrics.self, from: Data(contentsOf: url))
        } catch {
            preconditionFailure("golden_metrics.json: \(error)")
        }
    }()
}

@Suite struct MetricTests {
    @Test(arguments: 0..<5) func labelsAreJudgedAsScikitLearnJudgesThem(number: Int) throws {
        let golden = GoldenMetrics.all.classification[number]
        let examples = golden.truth.map { Example(ids: [0], types: [0], target: .label($0)) }
        let task = ClassificationTask(
            labels: (0..<golden.labels).map { "label \($0)" }, metric: .matthews, training: examples)
        let evaluation = task.evaluate(EvaluationSet(name: "dev", examples: examples), outputs: golden.logits)
        for (name, value) in golden.metrics {
            guard let value else { continue }
            let found = try #require(evaluation[name])
            #expect(abs(found - value) < 1e-9, "\(name): \(found), expected \(value)")
        }
        #expect(evaluation.metrics.count == (golden.labels == 2 ? 8 : 5))
        #expect(evaluation.metrics[0].name == "matthews_correlation")
        #expect(evaluation.confusion == golden.confusion)
        for (index, score) in evaluation.labels.enumerated() {
            #expect(abs(score.precision - golden.labelPrecision[index]) < 1e-12)
            #expect(abs(score.recall - golden.labelRecall[index]) < 1e-12)
            #expect(score.support == golden.confusion[index].reduce(0, +))
        }
    }

    @Test(arguments: 0..<3) func numbersAreJudgedAsScipyJudgesThem(number: Int) throws {
        let golden = GoldenMetrics.all.regression[number]
        let examples = golden.truth.map { Example(ids: [0], types: [0], target: .value($0)) }
        let task = ClassificationTask(labels: [], metric: .spearman, training: examples)
        let evaluation = task.evaluate(
            EvaluationSet(name: "dev", examples: examples), outputs: golden.given.map { [$0] })
        let expected = [golden.spearman, golden.pearson, golden.mse, golden.mse]
        #expect(evaluation.metrics.map(\.name) == ["spearman", "pearson", "mse", "loss"])
        for (metric, value) in zip(evaluation.metrics, expected) { #expect(abs(metric.value - value) < 1e-9) }
        #expect(evaluation.confusion == nil)
    }

    @Test func whatIsConstantCorrelatesWithNothing() {
        #expect(Correlation.pearson([1, 2, 3], [2, 2, 2]) == 0)
        #expect(Correlation.spearman([], []) == 0)
        #expect(ConfusionMatrix(labels: 2).matthews == 0)
        #expect(ConfusionMatrix(labels: 2).macroF1 == 0)
    }

    @Test func aSetWithoutLabelsIsNotJudged() {
        let examples = [Example(ids: [0], types: [0], target: .unknown)]
        let task = ClassificationTask(labels: ["a", "b"], metric: .accuracy, training: [])
        let set = EvaluationSet(name: "test", examples: examples)
        #expect(task.evaluate(set, outputs: [[1, 0]]) == Evaluation(metrics: []))
    }

    @Test func predictionsHaveTheSeedsForm() {
        let examples = [Example](repeating: Example(ids: [0], types: [0], target: .unknown), count: 2)
        let set = EvaluationSet(name: "test", examples: examples)
        let labels = ClassificationTask(labels: ["no\tway", "yes"], metric: .accuracy, training: [])
        let file = labels.predictions(set, outputs: [[0, 1], [1, 0]])
        #expect(file == PredictionsFile(name: "predictions_test.tsv", text: "index\tprediction\n0\tyes\n1\tno way\n"))
        let numbers = ClassificationTask(labels: [], metric: .pearson, training: [])
        #expect(
            numbers.predictions(set, outputs: [[2], [-0.12345]]).text == "index\tprediction\n0\t2.000\n1\t-0.123\n")
    }
}

extension ClassificationTask {
    /// A task whose data were never read.
    fileprivate init(labels: [String], metric: MetricName, training: [Example]) {
        self.init(
            labels: labels, training: training, evaluationSets: [], metric: metric,
            survey: DataSurvey(
                sets: [], labels: [], duplicates: 0, tokenPercentiles: .init([]), maximumTokens: 8, cutRows: 0),
            splitFile: nil)
    }
}
