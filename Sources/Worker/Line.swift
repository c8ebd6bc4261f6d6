import DequeModule
import Messages

/// Sequences of one class of priority on their way to the lanes.
struct Line {
    /// Leases with rows to tokenize, in the order in which they came.
    private var unprepared: Deque<Fence> = []
    /// Tokenized sequences, those apart that cannot share a forward pass; no line is empty.
    private var ready: [BatchKey: Deque<Waiting>] = [:]
    private var arrivals = 0

    private struct Waiting {
        let arrival: Int
        let entry: MicroBatch.Entry
        let model: ServedModel
    }

    mutating func append(_ fence: Fence) {
        unprepared.append(fence)
    }

    mutating func append(_ entry: MicroBatch.Entry, _ key: BatchKey, _ model: ServedModel) {
        ready[key, default: []].append(Waiting(arrival: arrivals, entry: entry, model: model))
        arrivals += 1
    }

    /// The next rows to tokenize, of the lease that has waited longest.
    mutating func nextPreparation(bytes: Int, of shards: inout [Fence: Shard]) -> Scheduler.Preparation? {
        while let fence = unprepared.first {
            if let preparation = shards[fence]?.dispatch(byteCount: bytes) { return preparation }
            unprepared.removeFirst()
        }
        return nil
    }

    /// Takes the sequences that have waited longest, and those behind them that can share their forward pass.
    ///
    /// - Parameters:
    ///   - tokens: the budget; the first sequence is taken whatever its length
    ///   - shards: the leases that still count
    mutating func nextBatch(tokens: Int, of shards: [Fence: Shard]) -> MicroBatch? {
        for key in ready.keys { skip(of: key, shards) }
        guard let key = ready.min(by: { $0.value[0].arrival < $1.value[0].arrival })?.key,
            let model = ready[key]?.first?.model
        else { return nil }
        var batch = MicroBatch(key: key, model: model)
        while let entry = ready[key]?.first?.entry,
            batch.entries.isEmpty || batch.tokenCount + entry.sequence.ids.count <= tokens
        {
            ready[key]?.removeFirst()
            batch.append(entry)
            skip(of: key, shards)
        }
        return batch
    }

    /// Removes sequences of dropped leases from the front of a line, and the line when nothing is left.
    private mutating func skip(of key: BatchKey, _ shards: [Fence: Shard]) {
        while let waiting = ready[key]?.first, shards[waiting.entry.place.fence] == nil { ready[key]?.removeFirst() }
        if ready[key]?.isEmpty == true { ready[key] = nil }
    }
}
