package import Messages

/// The life of every open job and the leases on its rows, as decisions without clock, socket or disk.
///
///                    dispatch            every row announced
///     accept ─► queued ────► running ────────────────────────► succeeded
///                  │            │  ▲ lease lost: rows wait again
///                  │            ├──┘
///                  │            ├─ the job's own fault ──────► failed      so ends a run, too, that workers failed too often
///                  │            ├─ too many workers lost ────► dead
///                  └────────────┴─ cancel ───────────────────► cancelled
///
/// It decides ahead of the disk: what it wants durable comes out as `Action.record`, in order. If a commit fails, the
/// broker throws this value away and builds another from the journal's rows.
package struct JobQueue: Sendable {
    package struct Configuration: Sendable {
        package var lease = Duration.seconds(15)
        package var shard = ShardLimits()
        /// Workers that may be lost under a job before it is declared dead.
        package var lostWorkersLimit = 3
        /// Workers that may fail a run by no fault of its own before it is failed.
        package var failedTriesLimit = 3
        /// Runs, of more than one job, that a worker may fail one after another before it gets no more.
        package var failureStreakLimit = 3
        package init() {}
    }

    package let configuration: Configuration
    /// The high half of every fence: raised and synced at each start, so that no fence is ever given twice.
    package let boot: UInt32
    package internal(set) var jobs: [Identifier: QueuedJob] = [:]
    package internal(set) var seats: [WorkerSeat.Address: WorkerSeat] = [:]
    package internal(set) var leases: [Fence: OpenLease] = [:]
    package internal(set) var counters = Counters()
    /// Bytes of the frames of all open jobs, and the tokens that all their rows were estimated to have.
    package private(set) var queuedBytes = 0
    package private(set) var queuedTokens = 0
    private var openJobs: [WorkerClass: Int] = [:]
    var lines: [LineName: TurnQueue] = [:]
    var estimates: [Digest: TokenEstimate] = [:]
    /// Jobs that no worker present can do, until another one comes.
    var stranded: [Identifier] = []
    /// Of the workers whose last run failed by no fault of its own.
    var streaks: [Identifier: FailureStreak] = [:]
    private var leaseCount: UInt32 = 0

    package init(boot: UInt32, configuration: Configuration = Configuration()) {
        self.boot = boot
        self.configuration = configuration
    }

    /// An empty queue in the place of one that was ahead of a disk that failed: its fences go on from there.
    package init(successorOf queue: JobQueue) {
        self.init(boot: queue.boot, configuration: queue.configuration)
        leaseCount = queue.leaseCount
        counters = queue.counters
        estimates = queue.estimates
        streaks = queue.streaks
    }

    /// Takes in a job that has just become durable, or that the journal gave back at start.
    package mutating func admit(_ job: QueuedJob) -> [Action] {
        let id = job.record.id
        guard jobs[id] == nil else { return [] }
        var job = job
        let estimate = estimates[job.record.model.digest] ?? TokenEstimate()
        job.estimatedTokens = job.estimate(estimate)
        jobs[id] = job
        openJobs[job.record.workerClass, default: 0] += 1
        queuedBytes += job.frameBytes
        queuedTokens += job.estimatedTokens
        let announcements = announce(id)
        enqueue(id)
        return announcements
    }

    /// Whether a job for workers of this class is open.
    package func hasJobs(for workerClass: WorkerClass) -> Bool { openJobs[workerClass, default: 0] > 0 }

    /// Ends a job early; nil when it is not open here.
    package mutating func cancel(_ id: Identifier, reason: String?) -> [Action]? {
        guard jobs[id] != nil else { return nil }
        return end(id, .cancelled(reason: reason))
    }

    // MARK: What the other files share

    mutating func nextFence() -> Fence {
        // Wraps after four thousand million leases; by then nobody holds the one of the same number.
        leaseCount &+= 1
        return Fence(boot: boot, counter: leaseCount)
    }

    mutating func enqueue(_ id: Identifier, first: Bool = false) {
        guard let job = jobs[id], job.isWaiting, !job.isInLine else { return }
        jobs[id]?.isInLine = true
        if first {
            lines[LineName(job.record), default: TurnQueue()].prepend(id, of: job.record.address.clientID)
        } else {
            lines[LineName(job.record), default: TurnQueue()].append(id, of: job.record.address.clientID)
        }
    }

    /// Announces stored rows as far as they go in row order, and ends the job when they were the last.
    mutating func announce(_ id: Identifier) -> [Action] {
        var actions: [Action] = []
        while let rows = jobs[id]?.announceNext() {
            actions.append(
                .record(.announce(job: id, rows: rows, noticesOnly: jobs[id]?.record.noticesOnly ?? false)))
        }
        if let record = jobs[id]?.record, record.run == nil, record.announcedRows == record.rows {
            actions += end(id, .succeeded(record.usage))
        }
        return actions
    }

    /// Ends a job: its leases are void, what of it waits is forgotten.
    mutating func end(_ id: Identifier, _ ending: Ending) -> [Action] {
        guard let job = jobs.removeValue(forKey: id) else { return [] }
        openJobs[job.record.workerClass, default: 1] -= 1
        queuedBytes -= job.frameBytes
        queuedTokens -= job.estimatedTokens
        var actions: [Action] = [.record(.finish(job: id, ending))]
        for fence in job.fences.inOrder {
            if let lease = closeLease(fence) {
                actions.append(.sendWhenRecorded(to: lease.worker, .revoke([fence])))
            }
        }
        return actions
    }

    /// Takes a lease off the books of its worker and its job.
    @discardableResult
    mutating func closeLease(_ fence: Fence) -> OpenLease? {
        guard let lease = leases.removeValue(forKey: fence) else { return nil }
        seats[lease.worker]?.giveUp(fence, lease)
        if let seat = seats[lease.worker], seat.company < .max {
            let companies = seat.leasesOfJob.keys.map { (jobs[$0]?.record.suspicion ?? .none).company }
            seats[lease.worker]?.company = companies.min() ?? .max
        }
        jobs[lease.job]?.fences.remove(fence)
        return lease
    }

    /// Closes a lease without a result: its rows wait again, before the client's other jobs or behind them.
    mutating func returnLease(_ fence: Fence, first: Bool = true) {
        guard let lease = closeLease(fence) else { return }
        jobs[lease.job]?.putBack(lease.rows)
        enqueue(lease.job, first: first)
    }
}

/// Jobs wait in lines that do not see each other, by the class of worker that they need and by priority.
struct LineName: Hashable {
    let workerClass: WorkerClass
    let priority: Priority

    init(_ workerClass: WorkerClass, _ priority: Priority) {
        self.workerClass = workerClass
        self.priority = priority
    }

    init(_ job: JobRecord) { self.init(job.workerClass, job.priority) }

    /// In the order in which they are served.
    static let all = [WorkerClass.inference, .training].flatMap { workerClass in
        [Priority.interactive, .bulk].map { LineName(workerClass, $0) }
    }
}

/// What has been counted since the start, for `bertctl status`.
package struct Counters: Sendable {
    /// Results and failures that came for a lease no longer held.
    package var fenced = 0
    package var expiredLeases = 0
    package var lostWorkers = 0
    /// Runs that workers failed by no fault of the job.
    package var failedTries = 0
    package var finishedRows = 0
    package init() {}
}

extension Set<Fence> {
    /// The order in which they were given out.
    var inOrder: [Fence] { sorted { $0.rawValue < $1.rawValue } }
}
