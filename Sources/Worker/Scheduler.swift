import DequeModule
package import Messages
import Tasks

/// Which rows are tokenized and computed next, over all the leases that the worker holds.
///
///     add ─► nextLoad ─► nextPreparation ─► prepared ─► nextBatch ─► computed ─► report
///            (model)         (texts)         (ids)    (token budget) (vectors)
///
/// Interactive leases go first at every step and never share a forward pass with bulk rows, which would make them
/// wait for work that nobody waits for. Within a class rows are taken in the order in which their leases came, so that
/// many leases of one text each fill a micro-batch as well as one lease of many. A fence that is dropped leaves its
/// rows behind in the lines; they are skipped when they are met.
package struct Scheduler {
    /// Texts of one lease to tokenize.
    package struct Preparation: Sendable {
        package let fence: Fence
        package let rows: Range<Int>
        package let texts: [Text]
        package let key: BatchKey
        package let model: ServedModel
    }

    /// True tokens of a micro-batch; a single longer row is one of its own.
    package let batchTokens: Int
    /// Bytes of text tokenized at a time, so that an interactive text never waits long for a bulk one.
    package static let preparationBytes = 16 << 10

    private var shards: [Fence: Shard] = [:]
    private var shelf = ModelShelf()
    private var lines: [Priority: Line] = [.interactive: Line(), .bulk: Line()]

    package init(batchTokens: Int) {
        precondition(batchTokens >= 1, "micro-batches of \(batchTokens) tokens, expected at least 1")
        self.batchTokens = batchTokens
    }

    package var isEmpty: Bool { shards.isEmpty }

    /// Models in memory.
    package var models: [Digest] { shelf.digests }

    /// Takes a lease on; one that is held already changes nothing.
    ///
    /// - Returns: a report when it asks for nothing that could be done
    package mutating func add(_ lease: Lease) -> Report? {
        guard shards[lease.fence] == nil else { return nil }
        guard !lease.embed.texts.isEmpty else {
            return .unfinished(
                lease.fence, .failed, ServiceError(.invalid, "expected at least 1 text, found 0", field: "texts"))
        }
        do {
            let key = BatchKey(model: lease.model, options: try EmbeddingOptions(lease.embed))
            shards[lease.fence] = Shard(lease, key: key)
        } catch {
            return .unfinished(
                lease.fence, .failed, ServiceError(.invalid, error.description, field: error.field))
        }
        if let model = shelf.model(lease.model, for: lease.fence) { enqueue(lease.fence, model) }
        return nil
    }

    /// A model that leases wait for and nobody is loading yet.
    package mutating func nextLoad() -> Digest? { shelf.nextLoad() }

    /// A model is in memory: its leases go on.
    package mutating func loaded(_ digest: Digest, _ model: ServedModel) {
        for fence in shelf.add(digest, model) { enqueue(fence, model) }
    }

    /// A model could not be loaded: all its leases end, and the next one tries again.
    package mutating func failedToLoad(_ digest: Digest, _ failure: ModelFailure) -> [Report] {
        shelf.takeWaiting(for: digest).compactMap { end($0, failure.reason, failure.error) }
    }

    /// The next texts to tokenize.
    package mutating func nextPreparation() -> Preparation? {
        for priority in Self.order {
            if let preparation = lines[priority]?.nextPreparation(bytes: Self.preparationBytes, of: &shards) {
                return preparation
            }
        }
        return nil
    }

    /// Rows were tokenized; `width` is the number of floats in one of their vectors.
    ///
    /// - Returns: the report of a lease that this ends: a strict one by a rejected row, or one with nothing to compute
    package mutating func prepared(_ fence: Fence, rows: Range<Int>, _ prepared: [PreparedRow], width: Int) -> Report? {
        precondition(rows.count == prepared.count, "\(prepared.count) prepared rows, expected \(rows.count)")
        guard let lease = shards[fence]?.lease, let key = shards[fence]?.key, let model = shards[fence]?.model
        else { return nil }
        for (index, row) in zip(rows, prepared) {
            if case .rejected(let error) = row.note, key.options.strict {
                return end(fence, .failed, error.at(row: lease.firstRow + index))
            }
            shards[fence]?.prepare(index, row, width: width)
            if row.isRejected { continue }
            let ready = Line.ReadyRow(row: MicroBatch.Row(fence: fence, index: index), ids: row.ids)
            lines[lease.priority]?.append(ready, key, model)
        }
        return reportIfFinished(fence)
    }

    /// The next rows for a free lane: as many as the token budget holds.
    package mutating func nextBatch() -> MicroBatch? {
        for priority in Self.order {
            guard let batch = lines[priority]?.nextBatch(tokens: batchTokens, of: shards) else { continue }
            for row in batch.rows { shards[row.fence]?.start() }
            return batch
        }
        return nil
    }

    /// A micro-batch was computed: the vectors of its rows in their order, `vectors.count` bytes in all.
    package mutating func computed(_ batch: MicroBatch, vectors: [UInt8], in time: Duration) -> [Report] {
        let isPerToken = batch.key.options.pooling == .tokens
        let unit = vectors.count / (isPerToken ? batch.tokenCount : batch.rows.count)
        var reports: [Report] = []
        var start = 0
        for (row, ids) in zip(batch.rows, batch.sequences) {
            let end = start + unit * (isPerToken ? ids.count : 1)
            shards[row.fence]?.complete(
                row.index, bytes: Array(vectors[start..<end]), computeTime: time * ids.count / batch.tokenCount)
            if let report = reportIfFinished(row.fence) { reports.append(report) }
            start = end
        }
        return reports
    }

    /// A lease ends without a result: the model cannot do what it asks.
    package mutating func end(_ fence: Fence, _ reason: Unfinished.Reason, _ error: ServiceError) -> Report? {
        guard shards.removeValue(forKey: fence) != nil else { return nil }
        return .unfinished(fence, reason, error)
    }

    /// Forgets leases that are no longer wanted; rows in a running micro-batch are computed in vain.
    package mutating func drop(_ fences: some Sequence<Fence>) {
        for fence in fences { shards[fence] = nil }
    }

    /// Gives back what has not been started, or everything.
    package mutating func giveBack(startedToo: Bool = false) -> [Report] {
        let fences = shards.values.filter { startedToo || !$0.isStarted }.map(\.lease.fence)
        return fences.sorted { $0.rawValue < $1.rawValue }.compactMap {
            end($0, .returned, ServiceError(.shuttingDown, "the worker is shutting down"))
        }
    }

    // MARK: Steps

    private static let order: [Priority] = [.interactive, .bulk]

    private mutating func enqueue(_ fence: Fence, _ model: ServedModel) {
        guard let priority = shards[fence]?.lease.priority else { return }
        shards[fence]?.model = model
        lines[priority]?.append(fence)
    }

    private mutating func reportIfFinished(_ fence: Fence) -> Report? {
        guard let shard = shards[fence], shard.isFinished else { return nil }
        shards[fence] = nil
        return shard.report()
    }
}

extension EmbeddingOptions {
    fileprivate init(_ embed: Embed) throws(OptionError) {
        try self.init(
            pooling: embed.pooling, layer: embed.layer, normalize: embed.normalize, dtype: embed.dtype,
            maxTokens: embed.maxTokens, prompt: embed.prompt, strict: embed.isStrict)
    }
}

extension ServiceError {
    /// The same error, said of one text of a job.
    fileprivate func at(row: Int) -> ServiceError {
        ServiceError(code, message, field: "texts[\(row)]", retryAfter: retryAfter, file: file, line: line)
    }
}
