package import Client
package import Messages

/// The events of a sweep's jobs from the first on, in the order of the log.
///
/// Live events only ring: what was committed is read by replay, so that no two readers ever see another order. Progress,
/// which is never committed, is passed on as it comes.
package struct SweepFeed {
    private let client: Client
    private let group: Identifier
    private let subscription: Subscription
    private var seen = 0
    private var isRung = true
    private var nextLook = ContinuousClock.now

    /// How long a bell that nobody heard may go unnoticed.
    private static let lookInterval: Duration = .seconds(5)
    private static let classes: [Topic.Class] = [.life, .progress]

    package init(_ client: Client, group: Identifier) throws(ClientError) {
        self.client = client
        self.group = group
        subscription = try Subscription(client, group: group, results: false, progress: true)
    }

    /// Begins at the first event again.
    package mutating func rewind() { (seen, isRung) = (0, true) }

    /// What came since the last call; waits for something no longer than `timeout`.
    package mutating func news(timeout: Duration) throws(ClientError) -> [Event] {
        let deadline = ContinuousClock.now + timeout
        var passing: [Event] = []
        while !isRung, passing.isEmpty, ContinuousClock.now < deadline {
            let wait = max(.zero, min(deadline, nextLook) - .now)
            listen(try subscription.receive(timeout: wait), &passing)
            if ContinuousClock.now >= nextLook { isRung = true }
        }
        while let item = try subscription.receive() { listen(item, &passing) }
        guard isRung else { return passing }
        isRung = false
        nextLook = .now + Self.lookInterval
        return try replay() + passing
    }

    private mutating func listen(_ item: Subscription.Item?, _ passing: inout [Event]) {
        switch item {
        case .welcome: isRung = true
        case .event(let event, _):
            guard event.address?.group == group else { return }
            if case .rejected = event.body { return }
            if event.seq == nil { passing.append(event) } else { isRung = true }
        case nil: break
        }
    }

    private mutating func replay() throws(ClientError) -> [Event] {
        var events: [Event] = []
        var ends: [Int] = []
        for topicClass in Self.classes {
            var after = seen
            var outcome = EventsPage.Outcome.more
            while outcome == .more || outcome == .expired {
                let page = try client.replay(
                    Replay(afterSeq: after, filter: Topic.prefix(topicClass, group: group)))
                do { events += try page.events() } catch {
                    throw .unexpected(expected: "events", found: error.description)
                }
                outcome = page.outcome
                after = outcome == .expired ? max(after + 1, page.firstSeq - 1) : max(after, page.nextSeq)
            }
            ends.append(after)
        }
        // Between the two questions more may have been committed: what is past the shorter answer is asked for again.
        let end = ends.min() ?? seen
        if ends.contains(where: { $0 > end }) { isRung = true }
        defer { seen = max(seen, end) }
        return events.filter { ($0.seq ?? 0) <= end }.sorted { ($0.seq ?? 0) < ($1.seq ?? 0) }
    }
}
