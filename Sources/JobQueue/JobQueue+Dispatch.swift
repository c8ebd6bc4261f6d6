import Messages

extension JobQueue {
    /// Hands out what waits, against credit: interactive rows first, clients in turn, to a worker that has the model.
    package mutating func dispatch(at now: ContinuousClock.Instant) -> [Action] {
        var outgoing: [WorkerSeat.Address: [Lease]] = [:]
        var starts: [Action] = []
        for priority in [Priority.interactive, .bulk] {
            while let id = lines[priority]?.first {
                guard let job = jobs[id], job.isWaiting else {
                    leaveLine(id, priority)
                    continue
                }
                guard let address = worker(for: job, priority) else {
                    if !seats.isEmpty, !anybodyCanDo(job) {
                        leaveLine(id, priority)
                        stranded.append(id)
                        continue
                    }
                    break
                }
                guard let lease = lease(id, to: address, priority, at: now) else { break }
                if jobs[id]?.record.state == .queued {
                    jobs[id]?.record.state = .running
                    starts += seats[address].map { [.record(.start(job: id, worker: $0.hello.workerID))] } ?? []
                }
                outgoing[address, default: []].append(lease)
                if jobs[id]?.isWaiting == true {
                    lines[priority]?.endTurn(leaving: false)
                } else {
                    leaveLine(id, priority)
                }
            }
        }
        return starts + outgoing.flatMap { batches(of: $0.value, to: $0.key) }
    }

    /// Jobs that nobody present could do get another chance.
    mutating func unstrand() {
        let ids = stranded
        stranded = []
        for id in ids { enqueue(id) }
    }

    private mutating func leaveLine(_ id: Identifier, _ priority: Priority) {
        lines[priority]?.endTurn(leaving: true)
        jobs[id]?.isInLine = false
    }

    private func anybodyCanDo(_ job: QueuedJob) -> Bool {
        seats.values.contains { !$0.refused.contains(job.record.model.digest) }
    }

    /// The worker with most free credit, among those that have the model in memory if any of them has credit.
    private func worker(for job: QueuedJob, _ priority: Priority) -> WorkerSeat.Address? {
        let model = job.record.model.digest
        return seats.values
            .filter { $0.freeTokens(for: priority) > 0 && !$0.refused.contains(model) && $0.admits(job.record) }
            .max { left, right in
                (left.models.contains(model) ? 1 : 0, left.freeTokens(for: priority))
                    < (right.models.contains(model) ? 1 : 0, right.freeTokens(for: priority))
            }?.address
    }

    private mutating func lease(
        _ id: Identifier, to address: WorkerSeat.Address, _ priority: Priority, at now: ContinuousClock.Instant
    ) -> Lease? {
        guard let record = jobs[id]?.record, case let model = record.model.digest,
            let (rows, tokens) = jobs[id]?.cut(configuration.shard, estimates[model] ?? TokenEstimate()),
            let embed = jobs[id]?.embed
        else { return nil }
        let fence = nextFence()
        leases[fence] = OpenLease(
            job: id, rows: rows, tokens: tokens, priority: priority, worker: address,
            deadline: now + configuration.lease)
        jobs[id]?.fences.insert(fence)
        seats[address]?.take(fence, of: record, tokens: tokens, priority)
        var shard = embed
        shard.texts = Array(embed.texts[rows])
        return Lease(
            fence: fence, jobID: id, firstRow: rows.lowerBound, priority: priority,
            model: model, embed: shard)
    }

    /// Leases for one worker in messages that stay far below the frame limit.
    private func batches(of leases: [Lease], to address: WorkerSeat.Address) -> [Action] {
        var actions: [Action] = []
        var batch: [Lease] = []
        var bytes = 0
        for lease in leases {
            let more = lease.embed.texts.reduce(0) { $0 + $1.byteCount }
            if !batch.isEmpty, bytes + more > Self.leaseMessageBytes {
                actions.append(.send(to: address, .leases(batch)))
                (batch, bytes) = ([], 0)
            }
            batch.append(lease)
            bytes += more
        }
        return actions + [.send(to: address, .leases(batch))]
    }

    private static let leaseMessageBytes = 1 << 20
}
