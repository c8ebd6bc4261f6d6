import DequeModule
package import Logging
package import Messages
package import ZeroMQ

/// The thread that owns the worker's socket: it performs what `Session` decides, and passes leases to the desk.
///
/// It never blocks but in its poll, computes nothing and touches no file.
package final class WorkerLoop {
    private let log: Logger
    private let socket: Socket
    private let poller = Poller()
    private let socketSource: Poller.Source
    private let desk: any Desk
    private let drainGrace: Duration
    private var session: Session
    /// Reports that no connection has taken yet.
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
    ///   - drainGrace: how long a drain waits for what has been begun
    ///   - desk: what does the work
    package init(
        endpoint: String, context: Context, hello: Hello, orphanTimeout: Duration?,
        drainGrace: Duration = WorkerConfiguration.drainGrace, log: Logger, desk: any Desk
    ) throws(WorkerError) {
        self.log = log
        self.desk = desk
        self.drainGrace = drainGrace
        session = Session(hello: hello, orphanTimeout: orphanTimeout, at: .now)
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
        _ = poller.add(descriptor: desk.descriptor)
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
        send(desk.turn())
        try flush()
    }

    /// Gives back what has not been begun, finishes what has, and ends when all of it is settled or the grace is over.
    package func drain() {
        guard drainDeadline == nil else { return }
        drainDeadline = .now + drainGrace
        session.leave()
        send(desk.leave())
    }

    /// Waits for what the desk has in hand and ends its threads; nothing may be called afterwards.
    package func close() {
        desk.close()
    }

    // MARK: Steps

    private func tick(at now: ContinuousClock.Instant) throws(ZeroMQError) {
        try perform(session.tick(models: desk.models, at: now), at: now)
        guard let drainDeadline, state == .running else { return }
        if drainDeadline <= now {
            send(desk.giveUp())
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
                for lease in leases { send(desk.take(lease)) }
            case .drop(let fences):
                desk.drop(fences)
            case .leaveOrphaned:
                state = .orphaned
            }
        }
    }

    private func send(_ reports: [LeaseReport]) {
        for report in reports {
            for case .send(let report) in session.report(report) { outbox.append(report) }
        }
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

    /// Messages read before the desk is looked after again.
    private static let messagesPerTurn = 64
    private static let limits = ReceiveLimits(frameCount: 1, byteCount: Limits.maxFrameBytes)
}
