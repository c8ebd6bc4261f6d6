package import Foundation
package import Tasks

/// What a task is read from.
package struct TrainingRequest: Sendable {
    package let task: TaskName
    package let files: [DataRole: URL]
    package let columns: DataColumns
    package let options: FineTuningOptions
    /// The folder of the tokenizer's files.
    package let tokenizerFolder: URL
    /// The most tokens that the model takes; a maximum length of the options above it is cut to it.
    package let maximumPositions: Int
    /// The labels of a model that was fine-tuned before and is judged now; nil where the data say them.
    package let labels: [String]?
    package let tokenLabels: [String]?

    package init(
        task: TaskName, files: [DataRole: URL], columns: DataColumns, options: FineTuningOptions, tokenizerFolder: URL,
        maximumPositions: Int, labels: [String]? = nil, tokenLabels: [String]? = nil
    ) {
        self.task = task
        self.files = files
        self.columns = columns
        self.options = options
        self.tokenizerFolder = tokenizerFolder
        self.maximumPositions = maximumPositions
        self.labels = labels
        self.tokenLabels = tokenLabels
    }
}
