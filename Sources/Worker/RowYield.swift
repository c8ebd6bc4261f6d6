package import Messages

/// What one row has come to.
package struct RowYield: Sendable, Equatable {
    /// Its part of the result's tensor, little-endian; empty where the work gives none.
    package let tensor: [UInt8]
    /// What is said of it in words; nil where the work says nothing.
    package let outcome: RowOutcome?

    package init(tensor: [UInt8] = [], outcome: RowOutcome? = nil) {
        self.tensor = tensor
        self.outcome = outcome
    }
}
