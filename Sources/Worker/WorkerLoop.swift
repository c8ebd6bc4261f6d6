import DequeModule
package import Logging
package import Messages
import Tensors
package import ZeroMQ

/// The thread that owns the worker's socket: it performs what `Session` and `Scheduler` decide.
///
/// It never blocks but in its poll, computes nothing and touches no file.
package final class WorkerLoop {
    /// How a model comes into memory, on a lane.
    package typealias OpenModel = @Sendable (Digest) throws(ModelFailure) -> ServedModel

    private let openModel: OpenModel
    private let log: Logger
    private let socket: Socket
    private let poller = Poller()
    private let socketSource: Poller.Source
    private let crew: Crew
    private var session: Session
    private var scheduler: Scheduler
    /// Reports that no connection has taken yet; no longer than the leases held.
    private var outbox: Deque<LeaseReport> = []
    private var drainDeadline: ContinuousClock.Instant?
    private var malformedCount = 0
    package private(set) var state = State.running

    package enum State: Sendable, Equatable {
        case running
        /// Everything was given back or settled, or the grace is over; goodbye is said.
        case drained
        case orphaned
    }

    /// - Parameters:
    ///   - endpoint: the broker's work socket
    ///   - hello: who this worker is
    ///   - batchTokens: true tokens of a micro-batch
    package init(
        endpoint: String, context: Context, hello: Hello, orphanTimeout: Duration?, batchTokens: Int,
        log: Logger, openModel: @escaping OpenModel
    ) throws(WorkerError) {
        self.openModel = openModel
        self.log = log
        crew = try Crew(laneCount: hello.lanes)
        session = Session(hello: hello, orphanTimeout: orphanTimeout, at: .now)
        scheduler = Scheduler(batchTokens: batchTokens)
        do {
            var options = Socket.Options()
            // Nothing is kept for a connection that is not there: a stale hello or beat would come after the next one.
            options.onlyToConnectedPeers = true
            socket = try Socket(context, .dealer, options)
            try socket.connect(endpoint)
        } catch {
            throw .socket(error)
        }
        socketSource = poller.add(socket)
        _ = poller.add(descriptor: crew.completions.descriptor)
    }

    /// Makes `step` return when `descriptor` is readable, too.
    package func watch(_ descriptor: Int32) {
        _ = poller.add(descriptor: descriptor)
    }

    /// One turn: waits until there is something to do, at most for `timeout`, and does it.
    package func step(timeout: Duration? = nil) throws(ZeroMQError) {
        try tick(at: .now)
        guard state == .running else { return }
        poller.setEvents(session.waitsForConnection || !outbox.isEmpty ? [.input, .output] : .input, of: socketSource)
        let now = ContinuousClock.now
        let due = [session.deadline, drainDeadline].compactMap(\.self).min().map { max(.zero, $0 - now) }
        try poller.poll(timeout: [due, timeout].compactMap(\.self).min())
        if poller.events(at: socketSource).contains(.output) { session.connected(at: .now) }
        try receive()
        for completion in crew.takeCompletions() { take(completion) }
        fill()
        try flush()
    }

    /// Gives back what has not been begun, finishes what has, and ends when all of it is settled or the grace is over.
    package func drain() {
        guard drainDeadline == nil else { return }
        drainDeadline = .now + WorkerConfiguration.drainGrace
        session.leave()
        for report in scheduler.giveBack() { send(report) }
    }

    /// Waits for the micro-batches in hand and ends the threads; nothing may be called afterwards.
    package func close() {
        crew.dismiss()
    }

    // MARK: Steps

    private func tick(at now: ContinuousClock.Instant) throws(ZeroMQError) {
        try perform(session.tick(models: scheduler.models, at: now), at: now)
        guard let drainDeadline, state == .running else { return }
        if drainDeadline <= now {
            for report in scheduler.giveBack(startedToo: true) { send(report) }
        } else if !session.isSettled {
            return
        }
        try flush()
        _ = try socket.send([FromWorker.bye.encoded()])
        state = .drained
    }

    private func receive() throws(ZeroMQError) {
        for _ in 0..<Self.messagesPerTurn {
            guard let received = try socket.receive(within: Self.limits) else { return }
            if case .message(let frames) = received, let frame = frames.first, let message = decode(frame) {
                let now = ContinuousClock.now
                note(message)
                try perform(session.received(message, at: now), at: now)
            } else {
                malformedCount += 1
                log.error("a message of the server is malformed", metadata: ["count": "\(malformedCount)"])
            }
        }
    }

    private func decode(_ frame: Message) -> FromBroker? {
        frame.withUnsafeBytes { bytes in try? FromBroker(decoding: bytes) }
    }

    private func perform(_ actions: [Session.Action], at now: ContinuousClock.Instant) throws(ZeroMQError) {
        for action in actions {
            switch action {
            case .offer(let message):
                let delivery = try socket.send([message.encoded()])
                session.offered(wasTaken: delivery == .queued, at: now)
            case .send(let report):
                outbox.append(report)
            case .clearQueue:
                outbox.removeAll()
            case .take(let leases):
                for lease in leases { if let report = scheduler.add(lease) { send(report) } }
            case .drop(let fences):
                scheduler.drop(fences)
            case .leaveOrphaned:
                state = .orphaned
            }
        }
    }

    private func take(_ completion: Completion) {
        switch completion {
        case .loaded(let digest, .success(let model)):
            scheduler.loaded(digest, model)
            log.info("a model is in memory", metadata: ["digest": "\(digest)"])
        case .loaded(let digest, .failure(let failure)):
            log.warning("a model cannot be used: \(failure.error)", metadata: ["digest": "\(digest)"])
            for report in scheduler.failedToLoad(digest, failure) { send(report) }
        case .prepared(let preparation, .success(let prepared)):
            let report = scheduler.prepared(preparation.fence, rows: preparation.rows, prepared)
            if let report { send(report) }
        case .prepared(let preparation, .failure(let error)):
            if let report = scheduler.end(preparation.fence, .failed, error) { send(report) }
        case .computed(let batch, .success(let yields), let time):
            for report in scheduler.computed(batch, yields, in: time) { send(report) }
        case .computed(let batch, .failure(let error), _):
            for entry in batch.entries {
                if let report = scheduler.end(entry.place.fence, .failed, error) { send(report) }
            }
        }
    }

    /// Gives the threads what they have places for.
    private func fill() {
        if !crew.isLoading, let digest = scheduler.nextLoad() { crew.load(digest, with: openModel) }
        while crew.freePreparations > 0, let preparation = scheduler.nextPreparation() { crew.prepare(preparation) }
        while crew.freeBatches > 0, let batch = scheduler.nextBatch() { crew.compute(batch) }
    }

    private func send(_ report: LeaseReport) {
        for case .send(let report) in session.report(report) { outbox.append(report) }
    }

    private func flush() throws(ZeroMQError) {
        while let report = outbox.first {
            guard try socket.send([report.message.encoded()] + report.tensors) == .queued else { return }
            outbox.removeFirst()
        }
    }

    private func note(_ message: FromBroker) {
        switch message {
        case .welcome(let welcome): log.info("welcomed by the server", metadata: ["kept": "\(welcome.keep.count)"])
        case .whoAreYou: log.info("the server asks who this is: it has restarted, or the connection was cut")
        case .leases, .settled, .revoke, .recorded: break
        }
    }

    /// Messages read before the lanes are looked after again.
    private static let messagesPerTurn = 64
    private static let limits = ReceiveLimits(frameCount: 1, byteCount: Limits.maxFrameBytes)
}
