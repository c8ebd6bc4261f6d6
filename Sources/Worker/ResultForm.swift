package import Messages

/// The tensor that the rows of a lease make together.
package struct ResultForm: Sendable, Equatable {
    package let elementType: ElementType
    /// Numbers of one vector; 0 where the work gives no tensor.
    package let width: Int
    /// A vector for each token of a row, not one a row.
    package let isPerToken: Bool
    /// Names of the tensor's columns; empty where they have none.
    package let labels: [String]
    /// Whether each row has an outcome beside its part of the tensor.
    package let hasOutcomes: Bool

    package init(
        elementType: ElementType = .float32, width: Int, isPerToken: Bool = false, labels: [String] = [],
        hasOutcomes: Bool = false
    ) {
        self.elementType = elementType
        self.width = width
        self.isPerToken = isPerToken
        self.labels = labels
        self.hasOutcomes = hasOutcomes
    }

    /// What stands for a row that was rejected.
    var rejected: RowYield {
        let bytes = isPerToken ? 0 : width * (elementType.byteCount ?? 0)
        return RowYield(tensor: Array(repeating: 0, count: bytes), outcome: hasOutcomes ? RowOutcome() : nil)
    }
}
