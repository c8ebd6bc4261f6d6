package import BERT

/// One input of a task as the model takes it, and what it is to yield.
package struct Example: Sendable, Equatable {
    /// Vocabulary indices, special tokens included; at least one. `[tokens]`
    package let ids: [Int32]
    /// 0 for the first text, 1 for the second; `[tokens]`
    package let types: [UInt8]
    package let target: Target
    /// Tokens that the maximum length cut off.
    package let droppedTokens: Int

    package init(ids: [Int32], types: [UInt8], target: Target, droppedTokens: Int = 0) {
        precondition(ids.count == types.count && !ids.isEmpty, "\(types.count) types for \(ids.count) ids")
        self.ids = ids
        self.types = types
        self.target = target
        self.droppedTokens = droppedTokens
    }

    package var tokenCount: Int { ids.count }
}
