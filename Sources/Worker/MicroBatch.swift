package import Messages

/// Sequences of one or several shards that are computed in one forward pass.
package struct MicroBatch: Sendable {
    /// One sequence of one row of one shard.
    package struct Place: Sendable, Equatable {
        package let fence: Fence
        /// The row, counted from the shard's first.
        package let row: Int
        /// Which of the row's sequences.
        package let sequence: Int

        package init(fence: Fence, row: Int, sequence: Int = 0) {
            self.fence = fence
            self.row = row
            self.sequence = sequence
        }
    }

    /// A sequence, and the row that it is of.
    package struct Entry: Sendable {
        package let place: Place
        package let row: PreparedRow

        package var sequence: PreparedSequence { row.sequences[place.sequence] }
    }

    package let key: BatchKey
    package let model: ServedModel
    package private(set) var entries: [Entry] = []
    package private(set) var tokenCount = 0

    init(key: BatchKey, model: ServedModel) {
        self.key = key
        self.model = model
    }

    mutating func append(_ entry: Entry) {
        entries.append(entry)
        tokenCount += entry.sequence.ids.count
    }
}
