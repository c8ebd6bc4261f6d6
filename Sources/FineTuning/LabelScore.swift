/// How well one label was found.
package struct LabelScore: Sendable, Equatable {
    package let label: String
    /// Of those predicted, the part that is right; 0 where none was predicted.
    package let precision: Double
    /// Of those that are true, the part that was found; 0 where there is none.
    package let recall: Double
    /// True examples (or entities) with this label.
    package let support: Int

    package init(label: String, precision: Double, recall: Double, support: Int) {
        self.label = label
        self.precision = precision
        self.recall = recall
        self.support = support
    }

    /// The harmonic mean of both; 0 where both are.
    package var f1: Double {
        precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall)
    }
}
