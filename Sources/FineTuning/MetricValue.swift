/// One number that tells how good a model is on a set, by the name that `Tasks` gives the metric.
package struct MetricValue: Sendable, Equatable {
    package let name: String
    package let value: Double

    package init(name: String, value: Double) {
        self.name = name
        self.value = value
    }
}
