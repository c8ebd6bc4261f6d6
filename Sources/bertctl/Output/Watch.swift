import Client
import Messages
import Terminal

/// Prints the life of a job or of a group as it happens, and knows when it is over.
struct Watch {
    enum Target {
        case job(JobAddress)
        case group(Identifier)
    }

    private let client: Client
    private let target: Target
    private let format: Format
    private let subscription: Subscription
    private var progress = ProgressLine(ProgressBar("rows", unit: "rows"))
    /// Events up to here have been printed. Later ones come in order, whether live or replayed.
    private var lastSeq = 0
    private var badEnds = 0
    private var nextLook = ContinuousClock.now

    private static let lookInterval: Duration = .seconds(1)

    init(_ client: Client, _ target: Target, _ format: Format) throws(ClientError) {
        self.client = client
        self.target = target
        self.format = format
        switch target {
        case .job(let address):
            subscription = try Subscription(client, group: address.group, job: address.jobID, results: false)
        case .group(let group):
            subscription = try Subscription(client, group: group, results: false)
        }
    }

    /// - Throws: `Failure` with the verdict, unless it is a good one
    mutating func run(until deadline: ContinuousClock.Instant?) throws {
        if case .job(let address) = target { try tellThePast(of: address) }
        while try !isOver() {
            let now = ContinuousClock.now
            if let deadline, now >= deadline {
                progress.clear()
                throw Failure.timedOut("not at its end yet; the work goes on")
            }
            let wait = min(max(.zero, nextLook - now), deadline.map { $0 - now } ?? Self.lookInterval)
            switch try subscription.receive(timeout: wait) {
            case .event(let event, _): tell(event)
            case .welcome: if case .events(let events) = try subscription.missed() { events.forEach { tell($0) } }
            case nil: break
            }
        }
        progress.clear()
        if badEnds > 0 { throw Failure.jobEnded("\(badEnds) \(badEnds == 1 ? "job" : "jobs") did not succeed") }
    }

    private mutating func tellThePast(of address: JobAddress) throws {
        let filter = Topic.prefix(.life, group: address.group, job: address.jobID)
        var page = EventsPage(logID: 0, outcome: .more, nextSeq: 0, firstSeq: 0)
        while page.outcome == .more {
            page = try client.replay(Replay(afterSeq: page.nextSeq, filter: filter))
            for event in try page.events() { tell(event) }
        }
    }

    /// The service's word decides, once a second: an event may be lost, a state is not.
    private mutating func isOver() throws -> Bool {
        guard ContinuousClock.now >= nextLook else { return false }
        nextLook = .now + Self.lookInterval
        switch target {
        case .job(let address):
            let job = try client.job(address.jobID)
            progress.show(done: job.rowsDone, fraction: job.rows > 0 ? Double(job.rowsDone) / Double(job.rows) : nil)
            guard job.state.isTerminal else { return false }
            if case .events(let events) = try subscription.missed() { events.forEach { tell($0) } }
            progress.clear()
            try job.checkVerdict()
            return true
        case .group(let group):
            let open = try [JobState.queued, .running].filter {
                try !client.jobs(ListJobs(state: $0, group: group, limit: 1)).isEmpty
            }
            guard open.isEmpty else { return false }
            if case .events(let events) = try subscription.missed() { events.forEach { tell($0) } }
            return true
        }
    }

    private mutating func tell(_ event: Event) {
        guard let address = event.address, let seq = event.seq, seq > lastSeq else { return }
        lastSeq = seq
        if event.body.isTerminal {
            nextLook = .now
            if event.body.jobState != .succeeded { badEnds += 1 }
        }
        guard let (word, detail) = event.told else { return }
        progress.clear()
        switch format {
        case .table:
            Print.line("\(Print.time(event.time))  \(address.jobID)  \(word)\(detail.isEmpty ? "" : "  \(detail)")")
        case .json:
            Print.json(
                .object([
                    ("seq", .int(seq)), ("time", .string(Print.time(event.time))),
                    ("job_id", .string(address.jobID.string)), ("event", .string(word)), ("detail", .string(detail)),
                ]))
        }
    }
}

extension Event {
    /// What happened in a word, and more about it.
    fileprivate var told: (word: String, detail: String)? {
        switch body {
        case .accepted(let accepted):
            ("accepted", "\(Quantity.count(accepted.rows)) rows for \(accepted.model?.description ?? "-")")
        case .started(let worker): ("started", "on \(worker)")
        case .succeeded(let end):
            (
                "succeeded",
                "\(Quantity.count(end.usage.rows)) rows, \(Quantity.count(end.usage.tokens)) tokens, "
                    + "\(Quantity.duration(end.totalTime)) of which \(Quantity.duration(end.queueTime)) in the queue"
            )
        case .failed(let error): ("failed", "\(error.code.rawValue): \(error.message)")
        case .dead(let error, let lost): ("dead", "\(lost) workers lost: \(error.message)")
        case .cancelled(let reason): ("cancelled", reason ?? "")
        default: nil
        }
    }
}
