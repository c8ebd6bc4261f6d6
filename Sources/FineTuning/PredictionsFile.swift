/// What a model answered to a set, in the form that the task's own readers take.
package struct PredictionsFile: Sendable, Equatable {
    /// A file name, such as `predictions_dev.tsv`.
    package let name: String
    package let text: String

    package init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}
