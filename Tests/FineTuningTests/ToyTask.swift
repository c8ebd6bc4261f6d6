import BERT
import FineTuning
import Synchronization
import Tasks
import TestSupport

/// Sequences of seeded tokens whose label says whether token 20 is among them: an eight wide BERT learns it in seconds.
struct ToyTask: TrainingTask {
    let head = Head.sequence(labels: 2)
    let labels = ["absent", "present"]
    var training: [Example]
    let evaluationSets: [EvaluationSet]
    var metric = MetricName.accuracy

    init(rows: Int = 90, seed: UInt64 = 3) {
        var random = Seeded(seed)
        func example() -> Example {
            let count = Int.random(in: 3...14, using: &random)
            var ids = (0..<count).map { _ in Int32.random(in: 5..<40, using: &random) }
            let isPresent = Bool.random(using: &random)
            ids = ids.map { $0 == 20 ? 21 : $0 }
            if isPresent { ids[Int.random(in: 0..<count, using: &random)] = 20 }
            return Example(
                ids: [2] + ids + [3], types: Array(repeating: 0, count: count + 2), target: .label(isPresent ? 1 : 0))
        }
        training = (0..<rows).map { _ in example() }
        evaluationSets = ["dev", "test"].map { name in
            EvaluationSet(name: name, examples: (0..<21).map { _ in example() })
        }
    }

    var survey: DataSurvey {
        DataSurvey(
            sets: [.init(name: "train", rows: training.count)], labels: [], duplicates: 0,
            tokenPercentiles: .init(training.map(\.tokenCount)), maximumTokens: 32, cutRows: 0)
    }

    func evaluate(_ set: EvaluationSet, outputs: [[Float]]) -> Evaluation {
        var confusion = [[0, 0], [0, 0]]
        for (example, logits) in zip(set.examples, outputs) {
            guard case .label(let label) = example.target else { continue }
            confusion[label][logits[1] > logits[0] ? 1 : 0] += 1
        }
        let right = Double(confusion[0][0] + confusion[1][1])
        return Evaluation(
            metrics: [MetricValue(name: "accuracy", value: right / Double(set.examples.count))],
            labels: [LabelScore(label: "absent", precision: 1, recall: 1, support: 3)], confusion: confusion)
    }

    func predictions(_ set: EvaluationSet, outputs: [[Float]]) -> PredictionsFile {
        PredictionsFile(
            name: "predictions_\(set.name).tsv",
            text: outputs.map { $0[1] > $0[0] ? "present\n" : "absent\n" }.joined())
    }
}

/// A toy task whose evaluations give the values that a test wrote down, the last one again and again.
final class ScriptedTask: TrainingTask {
    private let toy = ToyTask()
    private let values: Mutex<[Double]>

    init(_ values: [Double]) { self.values = Mutex(values) }

    var head: Head { toy.head }
    var labels: [String] { toy.labels }
    var training: [Example] { toy.training }
    var evaluationSets: [EvaluationSet] { Array(toy.evaluationSets.prefix(1)) }
    var metric: MetricName { .accuracy }
    var survey: DataSurvey { toy.survey }

    func evaluate(_ set: EvaluationSet, outputs: [[Float]]) -> Evaluation {
        let value = values.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        return Evaluation(metrics: [MetricValue(name: "accuracy", value: value)])
    }

    func predictions(_ set: EvaluationSet, outputs: [[Float]]) -> PredictionsFile {
        toy.predictions(set, outputs: outputs)
    }
}

/// A regression with one target that no output comes near.
struct DivergingTask: TrainingTask {
    let head = Head.sequence(labels: 1)
    let labels: [String] = []
    let training: [Example]
    let evaluationSets: [EvaluationSet] = []
    let metric = MetricName.pearson

    init(bad: Int) {
        training = ToyTask().training.enumerated().map { index, example in
            Example(ids: example.ids, types: example.types, target: .value(index == bad ? .infinity : 0))
        }
    }

    var survey: DataSurvey { ToyTask().survey }
    func evaluate(_ set: EvaluationSet, outputs: [[Float]]) -> Evaluation { Evaluation(metrics: []) }
    func predictions(_ set: EvaluationSet, outputs: [[Float]]) -> PredictionsFile { .init(name: "none", text: "") }
}

/// A toy task whose predictions are its logits.
struct LogitsTask: TrainingTask {
    private let toy = ToyTask()

    var head: Head { toy.head }
    var labels: [String] { toy.labels }
    var training: [Example] { toy.training }
    var evaluationSets: [EvaluationSet] { toy.evaluationSets }
    var metric: MetricName { toy.metric }
    var survey: DataSurvey { toy.survey }

    func evaluate(_ set: EvaluationSet, outputs: [[Float]]) -> Evaluation { toy.evaluate(set, outputs: outputs) }

    func predictions(_ set: EvaluationSet, outputs: [[Float]]) -> PredictionsFile {
        PredictionsFile(name: "logits_\(set.name).json", text: "\(outputs)")
    }
}
