import BERT
import Tasks
import Tensors

/// How far a metric would spread over other rows of the same kind (Efron 1979): between the 2.5th and the 97.5th
/// percentile of what it is on rows drawn from these, as many, with replacement.
enum Bootstrap {
    private static let samples = 1000

    /// The ends of the interval as `test_<metric>_low` and `_high`; none where a row of the set is no example of its own
    /// (questions that are cut in windows, sentences with tags).
    static func interval(
        _ task: any TrainingTask, _ set: EvaluationSet, outputs: [[Float]], seed: UInt64
    ) -> [MetricValue] {
        guard case .sequence = task.head, let whole = task.evaluate(set, outputs: outputs).metrics.first else {
            return []
        }
        var random = SplitMix(seed: seed)
        var values: [Double] = []
        for _ in 0..<samples {
            let rows = outputs.indices.map { _ in Int.random(in: outputs.indices, using: &random) }
            let sample = EvaluationSet(name: set.name, examples: rows.map { set.examples[$0] })
            if let value = task.evaluate(sample, outputs: rows.map { outputs[$0] })[whole.name], value.isFinite {
                values.append(value)
            }
        }
        guard !values.isEmpty else { return [] }
        values.sort()
        func percentile(_ share: Double) -> Double { values[Int((share * Double(values.count - 1)).rounded())] }
        return [
            MetricValue(name: "\(whole.name)_low", value: percentile(0.025)),
            MetricValue(name: "\(whole.name)_high", value: percentile(0.975)),
        ]
    }
}
