import DequeModule
import Messages

/// Rows of one class of priority on their way to the lanes.
struct Line {
    struct ReadyRow {
        let row: MicroBatch.Row
        let ids: [Int32]
    }

    /// Leases with rows to tokenize, in the order in which they came.
    private var unprepared: Deque<Fence> = []
    /// Tokenized rows, those apart that cannot share a forward pass; no line is empty.
    private var ready: [BatchKey: Deque<Entry>] = [:]
    private var arrivals = 0

    private struct Entry {
        let arrival: Int
        let row: ReadyRow
        let model: ServedModel
    }

    mutating func append(_ fence: Fence) {
        unprepared.append(fence)
    }

    mutating func append(_ row: ReadyRow, _ key: BatchKey, _ model: ServedModel) {
        ready[key, default: []].append(Entry(arrival: arrivals, row: row, model: model))
        arrivals += 1
    }

    /// The next texts to tokenize, of the lease that has waited longest.
    mutating func nextPreparation(bytes: Int, of shards: inout [Fence: Shard]) -> Scheduler.Preparation? {
        while let fence = unprepared.first {
            if let preparation = shards[fence]?.dispatch(byteCount: bytes) { return preparation }
            unprepared.removeFirst()
        }
        return nil
    }

    /// Takes the rows that have waited longest, and those behind them that can share their forward pass.
    ///
    /// - Parameters:
    ///   - tokens: the budget; the first row is taken whatever its length
    ///   - shards: the leases that still count
    mutating func nextBatch(tokens: Int, of shards: [Fence: Shard]) -> MicroBatch? {
        for key in ready.keys { skip(of: key, shards) }
        guard let key = ready.min(by: { $0.value[0].arrival < $1.value[0].arrival })?.key,
            let model = ready[key]?.first?.model
        else { return nil }
        var batch = MicroBatch(key: key, model: model)
        while let row = ready[key]?.first?.row,
            batch.rows.isEmpty || batch.tokenCount + row.ids.count <= tokens
        {
            ready[key]?.removeFirst()
            batch.append(row.row, row.ids)
            skip(of: key, shards)
        }
        return batch
    }

    /// Removes rows of dropped leases from the front of a line, and the line when nothing is left.
    private mutating func skip(of key: BatchKey, _ shards: [Fence: Shard]) {
        while let entry = ready[key]?.first, shards[entry.row.row.fence] == nil { ready[key]?.removeFirst() }
        if ready[key]?.isEmpty == true { ready[key] = nil }
    }
}
