import JobQueue
import Messages

/// A queue with simulated workers and a journal in memory, driven by a seeded generator.
///
/// It performs every action as the broker would, and checks on the way what must hold at each of them.
struct QueueWorld {
    struct Violation: Error, CustomStringConvertible { let description: String }

    var queue: JobQueue
    var now = ContinuousClock.now
    /// Leases as the simulated workers hold them.
    var held: [WorkerSeat.Address: [Lease]] = [:]
    var announced: [Identifier: Int] = [:]
    var stored: [Identifier: Set<Int>] = [:]
    var endings: [Identifier: Ending] = [:]
    var settled = 0
    var told: [RunNews] = []
    var progress: [TrainingProgress] = []
    var checkpoints: [SavedCheckpoint] = []
    var recorded: [Int] = []
    var clearedLosses = 0
    var revoked = 0
    var failedTries: [Identifier: Int] = [:]
    var workerEvents: [WorkerEvent] = []

    init(_ configuration: JobQueue.Configuration = JobQueue.Configuration()) {
        queue = JobQueue(boot: 1, configuration: configuration)
    }

    mutating func submit(
        _ id: String, client: String = "c", rows: Int, priority: Priority = .bulk, model: UInt8 = 1
    ) throws {
        let job = try QueuedJob.sample(id, client: client, rows: rows, priority: priority, model: model)
        try perform(queue.admit(job))
    }

    mutating func arrive(
        _ worker: String, as workerClass: WorkerClass = .inference, nonce: UInt64 = 1, credit: Int = 100,
        held: [Fence] = []
    ) throws {
        let hello = Hello(
            protocolVersion: 1, version: "0", workerID: try Identifier(worker), nonce: nonce, workerClass: workerClass,
            host: "here", processID: Self.processID(of: worker), lanes: 1, creditTokens: credit, held: held, models: [],
            kernels: "")
        try perform(queue.welcome(hello, at: Array(worker.utf8), beat: .seconds(1), now: now))
    }

    /// The worker is alive, and renews the leases it names.
    mutating func beat(_ worker: String, naming fences: [Fence]) throws {
        let beat = Beat(nonce: 1, fences: fences, models: [])
        try perform(queue.renew(beat, from: Array(worker.utf8), at: now) ?? [])
    }

    mutating func dispatch() throws { try perform(queue.dispatch(at: now)) }

    /// Submits a run.
    mutating func submitRun(_ id: String, client: String = "c", priority: Priority = .interactive) throws {
        var record = try QueuedJob.sample(id, client: client, rows: 1, priority: priority).record
        record.kind = .fineTune
        record.run = RunRecord(data: [])
        let work = Work.fineTune(FineTune(model: try ModelReference("m"), task: "mrpc", data: []))
        try perform(queue.admit(QueuedJob(record: record, work: work, frameBytes: 10)))
    }

    /// Lets a worker finish its oldest lease.
    ///
    /// - Returns: whether it had one
    @discardableResult
    mutating func finishOne(_ worker: String) throws -> Bool {
        let address = Array(worker.utf8)
        guard let lease = held[address]?.first else { return false }
        held[address]?.removeFirst()
        try finish(lease, by: worker)
        return true
    }

    mutating func finish(_ lease: Lease, by worker: String) throws {
        if lease.work.kind.workerClass == .training {
            let end = Finished(fence: lease.fence, chunks: [], usage: .rows(1), maxTokens: 512, run: RunResult())
            return try perform(queue.finish(end, tensors: [], from: Array(worker.utf8)))
        }
        let rows = lease.rows
        let finished = Finished(fence: lease.fence, chunks: [rows], usage: .rows(rows.count), maxTokens: 512)
        try perform(
            queue.finish(finished, tensors: [[UInt8](repeating: 0, count: 4 * rows.count)], from: Array(worker.utf8)))
    }

    mutating func giveBack(_ worker: String, _ reason: Unfinished.Reason, _ error: ServiceError) throws {
        let address = Array(worker.utf8)
        guard let lease = held[address]?.first else { return }
        held[address]?.removeFirst()
        try perform(queue.giveBack(Unfinished(fence: lease.fence, reason: reason, error: error), from: address))
    }

    /// The worker's process dies, and the broker is told.
    mutating func kill(_ worker: String) throws {
        held[Array(worker.utf8)] = []
        try perform(queue.lose(processID: Self.processID(of: worker), host: "here"))
    }

    private static func processID(of worker: String) -> Int { 2 + worker.utf8.reduce(0) { $0 + Int($1) } }

    mutating func perform(_ actions: [Action]) throws {
        for action in actions {
            switch action {
            case .record(let change): try record(change)
            case .send(let address, let message), .sendWhenRecorded(let address, let message):
                receive(message, at: address)
            case .tell(let event): workerEvents.append(event)
            case .tellProgress(_, let progress): self.progress.append(progress)
            }
        }
    }

    private mutating func receive(_ message: FromBroker, at address: WorkerSeat.Address) {
        switch message {
        case .leases(let leases): held[address, default: []] += leases
        case .settled(let fences): settled += fences.count
        case .revoke(let fences):
            revoked += fences.count
            held[address]?.removeAll { fences.contains($0.fence) }
        case .recorded(_, let number): recorded.append(number)
        case .welcome, .whoAreYou: break
        }
    }

    private mutating func record(_ change: Change) throws {
        switch change {
        case .accept, .start, .countLoss: break
        case .clearLosses: clearedLosses += 1
        case .setFailedTries(let job, let count): failedTries[job] = count
        case .tell(_, let news): told.append(news)
        case .checkpoint(_, let saved): checkpoints.append(saved)
        case .store(let job, let rows):
            for row in rows.rows.firstRow..<rows.rows.firstRow + rows.rows.count
            where !stored[job, default: []].insert(row).inserted {
                throw Violation(description: "row \(row) of \(job) was stored twice")
            }
        case .announce(let job, let rows, _):
            guard rows.firstRow == announced[job, default: 0] else {
                throw Violation(
                    description: "\(job) announced row \(rows.firstRow), expected \(announced[job, default: 0])")
            }
            announced[job] = rows.firstRow + rows.count
        case .finish(let job, let ending):
            guard endings.updateValue(ending, forKey: job) == nil else {
                throw Violation(description: "\(job) ended twice")
            }
        }
    }
}

extension Usage {
    static func rows(_ count: Int) -> Usage {
        var usage = Usage()
        usage.rows = count
        return usage
    }
}

extension Lease {
    /// Rows of one float each, as a worker would answer this lease.
    var rows: ResultRows {
        ResultRows(
            firstRow: firstRow, count: work.rowCount, elementType: .float32, shape: [work.rowCount, 1],
            digest: Digest(of: []), tokenCounts: [], notes: [])
    }
}

extension QueuedJob {
    static func sample(
        _ id: String, client: String, rows: Int, priority: Priority, model: UInt8 = 1
    ) throws -> QueuedJob {
        let client = try Identifier(client)
        let record = JobRecord(
            address: JobAddress(clientID: client, group: client, jobID: try Identifier(id)), priority: priority,
            digest: Digest(of: Array(id.utf8)),
            model: ModelBinding(reference: try ModelReference("m@1"), digest: Digest(of: [model])), rows: rows,
            noticesOnly: false, acceptedAt: UnixTime(microseconds: 0))
        var embed = Embed(model: try ModelReference("m"), texts: [])
        embed.texts = (0..<rows).map { Text("text number \($0)") }
        return QueuedJob(record: record, work: .embed(embed), frameBytes: 10 * rows)
    }
}
