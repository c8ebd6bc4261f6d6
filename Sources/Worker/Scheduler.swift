package import Messages

/// Which rows are tokenized and computed next, over all the leases that the worker holds.
///
///     add ─► nextLoad ─► nextPreparation ─► prepared ─► nextBatch ─► computed ─► report
///            (model)          (rows)         (ids)    (token budget) (yields)
///
/// Interactive leases go first at every step and never share a forward pass with bulk rows, which would make them
/// wait for work that nobody waits for. Within a class rows are taken in the order in which their leases came, so that
/// many leases of one text each fill a micro-batch as well as one lease of many. A fence that is dropped leaves its
/// rows behind in the lines; they are skipped when they are met.
package struct Scheduler {
    /// Rows of one lease to tokenize.
    package struct Preparation: Sendable {
        package let fence: Fence
        package let rows: Range<Int>
        package let inputs: [RowInput]
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
    package mutating func add(_ lease: Lease) -> LeaseReport? {
        guard shards[lease.fence] == nil else { return nil }
        do throws(ServiceError) {
            let (options, inputs) = try lease.asked()
            guard !inputs.isEmpty else { throw ServiceError(.invalid, "expected at least 1 row, found 0") }
            let key = BatchKey(model: lease.model, options: options)
            shards[lease.fence] = Shard(lease, key: key, inputs: inputs)
        } catch {
            return .unfinished(lease.fence, .failed, error)
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
    package mutating func failedToLoad(_ digest: Digest, _ failure: LeaseFailure) -> [LeaseReport] {
        shelf.takeWaiting(for: digest).compactMap { end($0, failure.reason, failure.error) }
    }

    /// The next rows to tokenize.
    package mutating func nextPreparation() -> Preparation? {
        for priority in Self.order {
            if let preparation = lines[priority]?.nextPreparation(bytes: Self.preparationBytes, of: &shards) {
                return preparation
            }
        }
        return nil
    }

    /// Rows were tokenized.
    ///
    /// - Returns: the report of a lease that this ends: a strict one by a rejected row, or one with nothing to compute
    package mutating func prepared(_ fence: Fence, rows: Range<Int>, _ prepared: PreparedRows) -> LeaseReport? {
        precondition(
            rows.count == prepared.rows.count, "\(prepared.rows.count) prepared rows, expected \(rows.count)")
        guard let lease = shards[fence]?.lease, let key = shards[fence]?.key, let model = shards[fence]?.model
        else { return nil }
        for (index, row) in zip(rows, prepared.rows) {
            if case .rejected(let error) = row.note, key.options.isStrict {
                return end(fence, .failed, error.at(row: lease.firstRow + index))
            }
            shards[fence]?.prepare(index, row, prepared.form)
            for sequence in row.sequences.indices {
                let place = MicroBatch.Place(fence: fence, row: index, sequence: sequence)
                lines[lease.priority]?.append(MicroBatch.Entry(place: place, row: row), key, model)
            }
        }
        return reportIfFinished(fence)
    }

    /// The next sequences for a free lane: as many as the token budget holds.
    package mutating func nextBatch() -> MicroBatch? {
        for priority in Self.order {
            guard let batch = lines[priority]?.nextBatch(tokens: batchTokens, of: shards) else { continue }
            for entry in batch.entries { shards[entry.place.fence]?.start() }
            return batch
        }
        return nil
    }

    /// A micro-batch was computed: what its sequences completed, in their order.
    package mutating func computed(_ batch: MicroBatch, _ yields: [RowYield?], in time: Duration) -> [LeaseReport] {
        precondition(yields.count == batch.entries.count, "\(yields.count) yields of \(batch.entries.count) sequences")
        var reports: [LeaseReport] = []
        for (entry, yield) in zip(batch.entries, yields) {
            let part = time * entry.sequence.ids.count / batch.tokenCount
            shards[entry.place.fence]?.complete(entry.place.row, yield, computeTime: part)
            if let report = reportIfFinished(entry.place.fence) { reports.append(report) }
        }
        return reports
    }

    /// A lease ends without a result: the model cannot do what it asks.
    package mutating func end(_ fence: Fence, _ reason: Unfinished.Reason, _ error: ServiceError) -> LeaseReport? {
        guard shards.removeValue(forKey: fence) != nil else { return nil }
        return .unfinished(fence, reason, error)
    }

    /// Forgets leases that are no longer wanted; rows in a running micro-batch are computed in vain.
    package mutating func drop(_ fences: some Sequence<Fence>) {
        for fence in fences { shards[fence] = nil }
    }

    /// Gives back what has not been started, or everything.
    package mutating func giveBack(startedToo: Bool = false) -> [LeaseReport] {
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

    private mutating func reportIfFinished(_ fence: Fence) -> LeaseReport? {
        guard let shard = shards[fence], shard.isFinished else { return nil }
        shards[fence] = nil
        return shard.report()
    }
}

extension ServiceError {
    /// The same error, said of one row of a job.
    fileprivate func at(row: Int) -> ServiceError {
        ServiceError(
            code, message, field: "\(field ?? "texts")[\(row)]", retryAfter: retryAfter, file: file, line: line)
    }
}
