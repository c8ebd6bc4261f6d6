import Messages

extension JobQueue {
    /// Hands out what waits, against credit: interactive rows first, clients in turn, to a worker that has the model.
    ///
    /// A job that no worker with credit may take is set aside, so that those behind it need not wait with it.
    package mutating func dispatch(at now: ContinuousClock.Instant) -> [Action] {
        var outgoing: [WorkerSeat.Address: [Lease]] = [:]
        var starts: [Action] = []
        let reserved = seatsReservedForSuspects()
        for line in LineName.all {
            var aside: [Identifier] = []
            while aside.count < Self.asideLimit, let id = lines[line]?.first, hasCredit(for: line, except: reserved) {
                guard let job = jobs[id], job.isWaiting else {
                    leaveLine(id, line)
                    continue
                }
                guard let address = worker(for: job, line, except: reserved),
                    let lease = lease(id, to: address, at: now)
                else {
                    leaveLine(id, line)
                    if anybodyCanDo(job) { aside.append(id) } else { stranded.append(id) }
                    continue
                }
                starts += start(id, at: address)
                outgoing[address, default: []].append(lease)
                if jobs[id]?.isWaiting == true {
                    lines[line]?.endTurn(leaving: false)
                } else {
                    leaveLine(id, line)
                }
            }
            for id in aside.reversed() { enqueue(id, first: true) }
        }
        return starts + outgoing.flatMap { batches(of: $0.value, to: $0.key) }
    }

    /// Jobs that nobody present could do get another chance.
    mutating func unstrand() {
        let ids = stranded
        stranded = []
        for id in ids { enqueue(id) }
    }

    private mutating func leaveLine(_ id: Identifier, _ line: LineName) {
        lines[line]?.endTurn(leaving: true)
        jobs[id]?.isInLine = false
    }

    private mutating func start(_ id: Identifier, at address: WorkerSeat.Address) -> [Action] {
        guard jobs[id]?.record.state == .queued, let worker = seats[address]?.hello.workerID else { return [] }
        jobs[id]?.record.state = .running
        return [.record(.start(job: id, worker: worker))]
    }

    /// Workers that get nothing more until they are empty, for a suspect at the head of a line that has to be alone.
    ///
    /// Not one that has just had a suspect: suspects and the work of others alternate.
    private func seatsReservedForSuspects() -> Set<WorkerSeat.Address> {
        var reserved: Set<WorkerSeat.Address> = []
        for line in LineName.all {
            guard let id = lines[line]?.first, let job = jobs[id], job.record.suspicion != .none,
                worker(for: job, line, except: reserved) == nil
            else { continue }
            let able = seats.values.filter { !$0.isDraining && $0.serves(job.record) && !$0.hadSuspectLast }
            if let seat = able.min(by: { $0.fences.count < $1.fences.count }) { reserved.insert(seat.address) }
        }
        return reserved
    }

    private func hasCredit(for line: LineName, except reserved: Set<WorkerSeat.Address>) -> Bool {
        seats.values.contains { $0.freeTokens(for: line) > 0 && !reserved.contains($0.address) }
    }

    private func anybodyCanDo(_ job: QueuedJob) -> Bool {
        seats.values.contains { $0.serves(job.record) }
    }

    /// The worker with most free credit, among those that have the model in memory if any of them has credit.
    private func worker(
        for job: QueuedJob, _ line: LineName, except reserved: Set<WorkerSeat.Address>
    ) -> WorkerSeat.Address? {
        let model = job.record.model.digest
        let avoided = workersToAvoid(for: job)
        return seats.values
            .filter {
                $0.freeTokens(for: line) > 0 && $0.serves(job.record) && $0.admits(job.record)
                    && !reserved.contains($0.address) && !avoided.contains($0.hello.workerID)
            }
            .max { left, right in
                (left.models.contains(model) ? 1 : 0, left.freeTokens(for: line))
                    < (right.models.contains(model) ? 1 : 0, right.freeTokens(for: line))
            }?.address
    }

    /// Those that have failed a run, as long as another can take it, now or when it has nothing else to do.
    private func workersToAvoid(for job: QueuedJob) -> Set<Identifier> {
        guard !job.failedAt.isEmpty else { return [] }
        let hasOther = seats.values.contains {
            $0.serves(job.record) && !$0.isDraining && !job.failedAt.contains($0.hello.workerID)
        }
        return hasOther ? job.failedAt : []
    }

    private mutating func lease(
        _ id: Identifier, to address: WorkerSeat.Address, at now: ContinuousClock.Instant
    ) -> Lease? {
        guard let record = jobs[id]?.record, case let model = record.model.digest, case let limits = limits(of: record),
            let (rows, tokens) = jobs[id]?.cut(limits, estimates[model] ?? TokenEstimate()),
            let work = jobs[id]?.work
        else { return nil }
        let fence = nextFence()
        leases[fence] = OpenLease(
            job: id, rows: rows, tokens: tokens, priority: record.priority, worker: address,
            deadline: now + configuration.lease)
        jobs[id]?.fences.insert(fence)
        seats[address]?.take(fence, of: record, tokens: tokens, record.priority)
        return Lease(
            fence: fence, jobID: id, firstRow: rows.lowerBound, priority: record.priority, model: model,
            work: work.sliced(rows), resumeFrom: record.run?.checkpoint?.digest)
    }

    /// Token vectors are hundreds of times as large as one vector a text.
    private func limits(of record: JobRecord) -> ShardLimits {
        var limits = configuration.shard
        if record.perToken { limits.rows = min(limits.rows, 8) }
        return limits
    }

    /// Leases for one worker in messages that stay far below the frame limit.
    private func batches(of leases: [Lease], to address: WorkerSeat.Address) -> [Action] {
        var actions: [Action] = []
        var batch: [Lease] = []
        var bytes = 0
        for lease in leases {
            let more = (0..<lease.work.rowCount).reduce(Self.leaseOverhead) {
                $0 + lease.work.byteCount(ofRow: $1) + Self.rowOverhead
            }
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
    /// More than a lease takes without its texts: `EmbeddingOptions` keeps the prompt's name short.
    private static let leaseOverhead = 1024
    private static let rowOverhead = 16
    /// Jobs looked past in one call to find one that can be placed.
    private static let asideLimit = 64
}
