public import Messages
import ZeroMQ

/// Pushes commands until the service has accepted them, and says how each of them ended.
///
/// Whoever submits keeps the window: results wait here until `next` takes them.
public final class Submitter {
    public let group: Identifier

    private let client: Client
    private let subscription: Subscription
    private let commands: CommandSocket
    private let poller = Poller()
    private var outbox = Outbox()
    private var ended: [EndedJob] = []
    private var lastWord = ContinuousClock.now
    private var nextRound = ContinuousClock.now
    /// Something was missed; what matters of it is asked for in the next round.
    private var hasGap = false

    private static let roundInterval: Duration = .milliseconds(50)
    private static let messagesPerRound = 256

    /// Subscribes to the life and the results of the group, and waits for the welcome.
    public init(_ client: Client, group: Identifier) throws(ClientError) {
        self.client = client
        self.group = group
        subscription = try Subscription(client, group: group, results: true)
        commands = try CommandSocket(client)
        _ = poller.add(subscription.socket)
    }

    /// Jobs that have not ended, and the bytes of their commands.
    public var openCount: Int { outbox.jobs.count }
    public var openBytes: Int { outbox.byteCount }

    /// Submits a job of this group; the same job once more, while it is open, is no second one.
    ///
    /// - Parameter rows: that its result will have: `Work.resultRows`
    /// - Throws: `ClientError.tooLarge` for what the service would cut the connection for
    public func submit(_ command: Command, rows: Int) throws(ClientError) {
        let frame = command.encoded()
        guard frame.count <= Limits.maxCommandBytes else {
            throw .tooLarge(byteCount: frame.count, limit: Limits.maxCommandBytes)
        }
        precondition(command.group == group, "a job of group \(command.group), expected \(group)")
        guard outbox.jobs[command.jobID] == nil else { return }
        let now = ContinuousClock.now
        if openCount == 0 { lastWord = now }
        outbox.add(command.jobID, frame: frame, rows: rows, at: now)
        try push(command.jobID, at: now)
    }

    /// The next job that ended; `nil` when none has within `timeout`.
    ///
    /// - Throws: `ClientError.silent` when the service says nothing for the client's patience while jobs are open
    public func next(timeout: Duration) throws(ClientError) -> EndedJob? {
        let deadline = ContinuousClock.now + timeout
        while true {
            if !ended.isEmpty { return ended.removeFirst() }
            try listen()
            let now = ContinuousClock.now
            if now >= nextRound { try round(at: now) }
            if ended.isEmpty {
                guard now < deadline else { return nil }
                let wait = min(deadline - now, Self.roundInterval)
                do { try poller.poll(timeout: wait) } catch { throw .messaging(error.description) }
            }
        }
    }

    private func listen() throws(ClientError) {
        for _ in 0..<Self.messagesPerRound {
            guard let item = try subscription.receive() else { return }
            lastWord = .now
            switch item {
            case .welcome: try catchUp()
            case .event(let event, let tensor):
                if let jobID = event.address?.jobID, outbox.isGap(jobID, event.jobSeq) { hasGap = true }
                try observe(event, tensor: tensor)
            }
        }
    }

    private func round(at now: ContinuousClock.Instant) throws(ClientError) {
        nextRound = now + Self.roundInterval
        for jobID in outbox.due(at: now) { try push(jobID, at: now) }
        if hasGap || outbox.isQuiet(at: now) {
            hasGap = false
            outbox.asked(at: now)
            try catchUp()
        }
        if let jobID = outbox.overdue(at: now, patience: client.patience) {
            throw .silent(client.server, for: client.patience, awaited: "job '\(jobID)' to be accepted")
        }
        if openCount > 0 && now - lastWord >= client.patience {
            throw .silent(client.server, for: client.patience, awaited: "an event on \(client.server.events)")
        }
    }

    /// A full queue is tried again in the next round.
    private func push(_ jobID: Identifier, at now: ContinuousClock.Instant) throws(ClientError) {
        guard let job = outbox.jobs[jobID] else { return }
        if try commands.send(job.frame) { outbox.pushed(jobID, at: now) }
    }

    private func catchUp() throws(ClientError) {
        switch try subscription.missed() {
        case .events(let events):
            for event in events { try observe(event, tensor: []) }
        case .unknowable:
            outbox.pushAgain(at: .now)
        }
    }

    private func observe(_ event: Event, tensor: [UInt8]) throws(ClientError) {
        guard let jobID = event.address?.jobID, outbox.jobs[jobID] != nil else { return }
        if case .rejected(let error) = event.body {
            rejected(jobID, error)
            return
        }
        outbox.heard(jobID, jobSeq: event.jobSeq, at: .now)
        switch event.body {
        case .result(let rows): outbox.take(rows, tensor: tensor, of: jobID)
        case .succeeded(let succeeded): try finish(jobID, succeeded, event)
        case .failed(let error): end(jobID, .failed(error), event)
        case .dead(let error, let lostWorkers): end(jobID, .dead(error, lostWorkers: lostWorkers), event)
        case .cancelled(let reason): end(jobID, .cancelled(reason: reason), event)
        default: break
        }
    }

    private func rejected(_ jobID: Identifier, _ error: ServiceError) {
        if error.isRetryable {
            outbox.postpone(jobID, by: error.retryAfter ?? .seconds(1), at: .now)
        } else if outbox.jobs[jobID]?.isAccepted == false {
            _ = outbox.remove(jobID)
            ended.append(EndedJob(jobID: jobID, outcome: .rejected(error), isOldNews: false))
        }
    }

    private func finish(_ jobID: Identifier, _ succeeded: Succeeded, _ event: Event) throws(ClientError) {
        guard var result = outbox.jobs[jobID]?.result else { return }
        do {
            try client.complete(&result, of: jobID)
            end(jobID, .succeeded(result, succeeded), event)
        } catch .refused(let error) where error.code == .expired {
            end(jobID, .expired(error), event)
        } catch {
            throw error
        }
    }

    private func end(_ jobID: Identifier, _ outcome: EndedJob.Outcome, _ event: Event) {
        _ = outbox.remove(jobID)
        ended.append(EndedJob(jobID: jobID, outcome: outcome, isOldNews: event.isReplayed))
    }
}
