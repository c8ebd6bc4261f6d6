package import Messages

/// The worker's side of the work protocol: who it is to the broker, which leases it holds, what it has still to report.
///
///                hello, again every 2 s               welcome
///     stranger ──────────────────────────────────────────────────► known ── beat, every `beat`
///        ▲                                                           │
///        └──── who are you · a beat that no connection takes ────────┘
///
/// The report of an end is kept until its fence is settled, what a run tells until it is recorded. Both are sent when they
/// are made, and once more after each welcome, since what was under way when a connection ended is lost; progress is sent
/// once or not at all. A stranger sends nothing but hellos, so that one cut costs one hello and one repetition, however
/// many messages were in flight.
package struct Session {
    /// What the loop is to do.
    package enum Action {
        /// For whoever is connected now: worthless later, so never queued. The outcome goes to `offered`.
        case offer(FromWorker)
        /// To be queued until a connection takes it.
        case send(LeaseReport)
        /// Throw away what is queued: all of it is sent again.
        case clearQueue
        case take([Lease])
        case drop([Fence])
        /// Nobody has been heard for the orphan timeout.
        case leaveOrphaned
    }

    package static let helloInterval = Duration.seconds(2)

    private let hello: Hello
    private let orphanTimeout: Duration?
    private var state: State
    private var held: Set<Fence> = []
    private var unsettled: [Fence: LeaseReport] = [:]
    /// What a run has told and is not recorded yet, by ascending number.
    private var unrecorded: [Fence: [RunReport]] = [:]
    /// When the broker was last known to be there.
    private var lastHeard: ContinuousClock.Instant
    private var isLeaving = false

    private enum State {
        /// `nextHello` is nil while there is no connection to take one.
        case stranger(nextHello: ContinuousClock.Instant?)
        case known(beat: Duration, nextBeat: ContinuousClock.Instant)
    }

    /// - Parameters:
    ///   - hello: who the worker is; `held` and `models` are filled in when it is sent
    ///   - orphanTimeout: nil: it waits for a broker for ever
    package init(hello: Hello, orphanTimeout: Duration?, at now: ContinuousClock.Instant) {
        self.hello = hello
        self.orphanTimeout = orphanTimeout
        state = .stranger(nextHello: now)
        lastHeard = now
    }

    /// Leases that are the worker's, those with an unsettled report included.
    package var fences: [Fence] { held.sorted { $0.rawValue < $1.rawValue } }

    /// Whether every lease was reported and every report settled.
    package var isSettled: Bool { held.isEmpty }

    /// Whether the next thing to wait for is a connection.
    package var waitsForConnection: Bool {
        if case .stranger(nextHello: nil) = state { true } else { false }
    }

    /// When `tick` next has something to do; nil: only when something comes.
    package var deadline: ContinuousClock.Instant? {
        let due =
            switch state {
            case .stranger(let nextHello): nextHello
            case .known(_, let nextBeat): nextBeat
            }
        return [due, orphanTimeout.map { lastHeard + $0 }].compactMap(\.self).min()
    }

    /// Time passed.
    package mutating func tick(models: [Digest], at now: ContinuousClock.Instant) -> [Action] {
        if let orphanTimeout, lastHeard + orphanTimeout <= now { return [.leaveOrphaned] }
        switch state {
        case .stranger(let nextHello):
            guard let nextHello, nextHello <= now else { return [] }
            state = .stranger(nextHello: now + Self.helloInterval)
            return [.offer(.hello(hello(models)))]
        case .known(let beat, let nextBeat):
            guard nextBeat <= now else { return [] }
            state = .known(beat: beat, nextBeat: now + beat)
            return [.offer(.beat(Beat(nonce: hello.nonce, fences: fences, models: models)))]
        }
    }

    /// What became of an offer.
    ///
    /// A beat that was taken proves a live connection to a broker that knows this worker; one that was not, that there
    /// is none, and the next to come has to be greeted.
    package mutating func offered(wasTaken: Bool, at now: ContinuousClock.Instant) {
        if !wasTaken {
            state = .stranger(nextHello: nil)
        } else if case .known = state {
            lastHeard = now
        }
    }

    /// A connection is there to take a message.
    package mutating func connected(at now: ContinuousClock.Instant) {
        if waitsForConnection { state = .stranger(nextHello: now) }
    }

    package mutating func received(_ message: FromBroker, at now: ContinuousClock.Instant) -> [Action] {
        lastHeard = now
        switch message {
        case .welcome(let welcome): return take(welcome, at: now)
        case .leases(let leases): return take(leases)
        case .settled(let fences):
            forget(fences)
            return []
        case .revoke(let fences):
            forget(fences)
            return [.drop(fences)]
        case .recorded(let fence, let number):
            unrecorded[fence]?.removeAll { $0.number ?? 0 <= number }
            return []
        case .whoAreYou:
            // Every message that was under way when the broker was restarted asks once; one hello answers them all.
            if case .known = state { state = .stranger(nextHello: now) }
            return []
        }
    }

    /// A lease ended, or its run tells something; a report of one that is no longer held is dropped.
    package mutating func report(_ report: LeaseReport) -> [Action] {
        guard held.contains(report.fence) else { return [] }
        if case .report(let run) = report.message {
            if run.number != nil { unrecorded[report.fence, default: []].append(run) }
        } else {
            unsettled[report.fence] = report
        }
        if case .known = state { return [.send(report)] }
        return []
    }

    /// From now on every lease that comes is given back unseen.
    package mutating func leave() {
        isLeaving = true
    }

    private mutating func take(_ welcome: WorkerWelcome, at now: ContinuousClock.Instant) -> [Action] {
        let beat = max(welcome.beat, .milliseconds(10))
        state = .known(beat: beat, nextBeat: now + beat)
        let lost = held.subtracting(welcome.keep)
        forget(lost)
        let reports = fences.flatMap { fence in
            (unrecorded[fence] ?? []).map { .told($0) } + [unsettled[fence]].compactMap(\.self)
        }
        return [.drop(Array(lost)), .clearQueue] + reports.map { .send($0) }
    }

    private mutating func take(_ leases: [Lease]) -> [Action] {
        held.formUnion(leases.map(\.fence))
        guard isLeaving else { return [.take(leases)] }
        return leases.flatMap {
            report(.unfinished($0.fence, .returned, ServiceError(.shuttingDown, "the worker is shutting down")))
        }
    }

    private mutating func forget(_ fences: some Sequence<Fence>) {
        for fence in fences {
            held.remove(fence)
            unsettled[fence] = nil
            unrecorded[fence] = nil
        }
    }

    private func hello(_ models: [Digest]) -> Hello {
        var hello = hello
        hello.held = fences
        hello.models = models
        return hello
    }
}
