package import Messages

/// Rows of one or several shards that are computed in one forward pass.
package struct MicroBatch: Sendable {
    /// One row of one shard.
    package struct Row: Sendable, Equatable {
        package let fence: Fence
        /// Counted from the shard's first.
        package let index: Int
    }

    package let key: BatchKey
    package let model: ServedModel
    package private(set) var rows: [Row] = []
    /// Token ids of each row, special ones included; none is empty.
    package private(set) var sequences: [[Int32]] = []
    package private(set) var tokenCount = 0

    init(key: BatchKey, model: ServedModel) {
        self.key = key
        self.model = model
    }

    mutating func append(_ row: Row, _ ids: [Int32]) {
        rows.append(row)
        sequences.append(ids)
        tokenCount += ids.count
    }
}
