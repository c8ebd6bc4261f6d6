import JobQueue
import Logging
import Messages
import ZeroMQ

/// The I/O thread: it owns every socket and the queue, never blocks, never touches the disk.
///
///     commands PULL ──► Ledger ──► Recorder thread (journal)
///     work ROUTER ◄───► JobQueue ──► Ledger        │ outcomes
///     events XPUB ◄──── publish ◄──────────────────┘
///     control ROUTER ◄► Clerk threads (reads, files)
///
/// One turn reads what the sockets have, lets the queue decide, and starts the next commit. Follow-ups wait in the
/// ledger until the commit that carries their changes is on disk.
final class BrokerLoop {
    let configuration: BrokerConfiguration
    let log: Logger
    let clock = ContinuousClock()
    let sockets: BrokerSockets
    let signals: SignalDescriptor
    let recorder: Recorder
    let clerks: Clerks
    let ledger: Ledger
    let children: Children
    let logID: UInt64
    let startedAt = UnixTime.now

    var queue: JobQueue
    var registry: ModelRegistry
    var waiting = WaitingFetches()
    var rejections = RecentRejections()
    var retelling: Set<Identifier> = []
    var tally = Tally()
    var lastSeq: Int
    var firstSeq: Int
    /// Set when a commit has failed: until then no new work is accepted and none handed out; then it is tried again.
    var troubledUntil: ContinuousClock.Instant?
    /// Why the last commit failed.
    var trouble: ServiceError?
    /// Set by SIGTERM: the moment at which waiting for running rows ends.
    var drainingUntil: ContinuousClock.Instant?

    private let poller = Poller()
    private let commandSource: Poller.Source
    private var nextTick: ContinuousClock.Instant
    private var nextHeartbeat: ContinuousClock.Instant
    private var nextPrune: ContinuousClock.Instant
    private var nextDiscard: ContinuousClock.Instant

    init(
        configuration: BrokerConfiguration, opened: OpenedState, sockets: BrokerSockets, signals: SignalDescriptor,
        recorder: Recorder, clerks: Clerks, children: Children, log: Logger
    ) throws(ZeroMQError) {
        self.configuration = configuration
        self.sockets = sockets
        self.signals = signals
        self.recorder = recorder
        self.clerks = clerks
        self.children = children
        self.log = log
        ledger = Ledger(recorder: recorder.orders)
        logID = opened.logID
        lastSeq = opened.lastSeq
        firstSeq = opened.firstSeq
        registry = ModelRegistry(opened.models)
        queue = JobQueue(boot: opened.boot, configuration: configuration.queue)
        nextTick = clock.now
        nextHeartbeat = clock.now
        nextPrune = clock.now + Self.pruneInterval
        nextDiscard = clock.now
        commandSource = poller.add(sockets.commands)
        _ = poller.add(sockets.events)
        _ = poller.add(sockets.control)
        _ = poller.add(sockets.work)
        for descriptor in [signals.descriptor, recorder.reports.descriptor, clerks.reports.descriptor] {
            _ = poller.add(descriptor: descriptor)
        }
        try admit(opened.jobs)
    }

    /// Turns until a signal ends it.
    ///
    /// - Returns: whether everything that was running came to rest first
    func run() throws(ZeroMQError) -> Bool {
        while true {
            try poller.poll(timeout: timeUntilNextDeadline())
            for signal in signals.drain() {
                guard try take(signal) else { return false }
            }
            for report in recorder.reports.drain() { try take(report) }
            for report in clerks.reports.drain() { try take(report) }
            try takeSubscriptions()
            try takeWork()
            try takeRequests()
            poller.setEvents(mayReadCommands ? .input : [], of: commandSource)
            if mayReadCommands { try takeCommands() }
            try turn()
            if try isAtRest() { return true }
        }
    }

    /// What time alone makes due.
    private func turn() throws(ZeroMQError) {
        let now = clock.now
        if let until = troubledUntil, until <= now { troubledUntil = nil }
        if troubledUntil == nil, drainingUntil == nil, !ledger.isFull { try perform(queue.dispatch(at: now)) }
        for late in waiting.expired(at: now) { try replyNotYet(late) }
        if nextTick <= now {
            let late = nextTick.duration(to: now)
            if late > Self.longestHonestTick { queue.forgive(late) }
            nextTick = now + Self.tickInterval
            try perform(queue.expire(at: now))
            tally.oversize += try sockets.cutEndlessMessages()
            children.check(at: now, isTrainingWanted: queue.hasJobs(for: .training))
        }
        if nextHeartbeat <= now {
            nextHeartbeat = now + Self.heartbeatInterval
            try publishHeartbeat()
        }
        if nextPrune <= now {
            nextPrune = now + Self.pruneInterval
            _ = recorder.orders.send(.prune)
            _ = clerks.keeper.orders.send(.collect)
        }
        if nextDiscard <= now {
            nextDiscard = now + Self.discardInterval
            _ = clerks.keeper.orders.send(.discard)
        }
        ledger.flush()
    }

    /// Commands stay in the socket, and TCP holds their senders, while the ledger is full.
    private var mayReadCommands: Bool { !ledger.isFull && drainingUntil == nil }

    private func timeUntilNextDeadline() -> Duration {
        max(.zero, clock.now.duration(to: min(nextTick, waiting.nextDeadline ?? nextTick)))
    }

    /// - Returns: false when the process should end at once
    private func take(_ signal: SignalDescriptor.Signal) throws(ZeroMQError) -> Bool {
        switch signal {
        case .terminate, .interrupt:
            guard drainingUntil == nil else { return false }
            let grace = isTraining ? max(configuration.grace, configuration.trainingGrace) : configuration.grace
            log.info("draining: no new work, at most \(grace) for what is running")
            drainingUntil = clock.now + grace
            children.stop()
        case .child:
            for pid in children.reap(at: clock.now) {
                try perform(queue.lose(processID: pid, host: HostName.current))
            }
        case .hangUp: break
        }
        return true
    }

    private func isAtRest() throws(ZeroMQError) -> Bool {
        guard let until = drainingUntil else { return false }
        let isQuiet = queue.leases.isEmpty && !hasChildSeat && !children.areRunning
        return ledger.isIdle && (isQuiet || until <= clock.now)
    }

    /// Whether a worker that this broker keeps, whoever started its process, has a seat.
    private var hasChildSeat: Bool {
        queue.seats.values.contains {
            children.workerIDs.contains($0.hello.workerID.string) && $0.hello.host == HostName.current
        }
    }

    /// Whether a run is under way.
    private var isTraining: Bool {
        queue.seats.values.contains { $0.hello.workerClass == .training && !$0.fences.isEmpty }
    }

    private static let tickInterval = Duration.milliseconds(250)
    /// A tick later than this was not late through work: the machine slept.
    private static let longestHonestTick = Duration.seconds(5)
    private static let heartbeatInterval = Duration.seconds(1)
    private static let pruneInterval = Duration.seconds(60)
    private static let discardInterval = Duration.seconds(5)
}
