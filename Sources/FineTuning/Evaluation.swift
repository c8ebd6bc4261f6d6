/// How a model did on a set.
package struct Evaluation: Sendable, Equatable {
    /// The task's own metric first; empty where the set's truth is not known.
    package internal(set) var metrics: [MetricValue]
    /// One entry a label, in the labels' order; empty where the task has none.
    package let labels: [LabelScore]
    /// Counts by true label (row) and predicted label (column), in the labels' order; nil where the task has none.
    package let confusion: [[Int]]?

    package init(metrics: [MetricValue], labels: [LabelScore] = [], confusion: [[Int]]? = nil) {
        self.metrics = metrics
        self.labels = labels
        self.confusion = confusion
    }

    package subscript(name: String) -> Double? { metrics.first { $0.name == name }?.value }
}
