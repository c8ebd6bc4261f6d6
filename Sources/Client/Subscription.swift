public import Messages
import ZeroMQ

/// Live events by topic, each subscription answered by a welcome before anything is sent that could cause one.
///
///     SUBSCRIBE e1/<group>/ ──────────► service
///             ◄────────── welcome, on that very topic
///     PUSH a command ─────────────────► nothing it causes can be missed …
///             ◄────────── a second welcome: the connection was lost … except here
///     Replay{after: swept} ───────────► and here it is again
///
/// What a publisher drops for a slow reader is silent too, so that whoever waits for an event in vain asks `missed`.
public final class Subscription {
    public enum Item: Sendable {
        /// The bytes are those of a result's third frame; empty where it was too large for one.
        case event(Event, tensor: [UInt8])
        /// Somebody, probably this very socket after a cut, has subscribed again.
        case welcome
    }

    /// What `missed` found.
    public enum Missed: Sendable {
        case events([Event])
        /// Events in between are no longer kept, or the log is another: nothing that was heard before counts.
        case unknowable
    }

    let socket: Socket
    private let client: Client
    private let prefixes: Set<String>
    /// The prefixes of life events, and of what runs tell: those worth replaying. Results are fetched.
    private let replayed: [String]
    private var logID: UInt64?
    /// The end of what is known without a gap.
    private var swept = 0

    private static let limits = ReceiveLimits(frameCount: 3, byteCount: 2 * Limits.maxFrameBytes)
    /// Frames that wait in this process; past it TCP holds the service, whose own queue is bounded by bytes.
    private static let receiveQueue = 1000

    /// Subscribes to a group, or to one job of it, and to the service's heartbeats.
    ///
    /// - Parameters:
    ///   - results: whether the results, too, are to come
    ///   - progress: whether what runs tell is to come
    public init(
        _ client: Client, group: Identifier, job: Identifier? = nil, results: Bool, progress: Bool = false
    ) throws(ClientError) {
        self.client = client
        let classes: [Topic.Class] = progress ? [.life, .progress] : [.life]
        replayed = classes.map { Topic.prefix($0, group: group, job: job) }
        var prefixes = Set(replayed + [Topic.prefix(.server)])
        if results { prefixes.insert(Topic.prefix(.results, group: group, job: job)) }
        self.prefixes = prefixes
        var options = Socket.Options()
        options.receiveQueue = Self.receiveQueue
        do {
            socket = try Socket(client.context, .sub, options)
            try socket.connect(client.server.events)
            for prefix in prefixes.sorted() { try socket.subscribe(prefix) }
        } catch {
            throw .messaging(error.description)
        }
        try awaitWelcomes()
    }

    /// The next item that has arrived; `nil` when none has.
    public func receive() throws(ClientError) -> Item? {
        while true {
            guard let frames = try frames() else { return nil }
            if let item = item(frames) { return item }
        }
    }

    /// The events of jobs, without results, after those that this has told of before, replayed or up to the first
    /// welcome.
    public func missed() throws(ClientError) -> Missed {
        var events: [Event] = []
        var ends: [Int] = []
        for filter in replayed {
            guard let (more, end) = try replay(filter) else { return .unknowable }
            events += more
            ends.append(end)
        }
        // What one replay reached and another did not is told again the next time, rather than never.
        swept = max(swept, ends.min() ?? swept)
        return .events(replayed.count == 1 ? events : events.sorted { ($0.seq ?? 0) < ($1.seq ?? 0) })
    }

    /// The events of a filter after those that are known, and where they end; nil where they cannot be known.
    private func replay(_ filter: String) throws(ClientError) -> ([Event], end: Int)? {
        var events: [Event] = []
        var after = swept
        while true {
            let page = try client.replay(Replay(logID: logID, afterSeq: after, filter: filter))
            logID = page.logID
            switch page.outcome {
            case .upToDate, .more:
                do { events += try page.events() } catch {
                    throw .unexpected(expected: "events", found: error.description)
                }
                after = max(after, page.nextSeq)
                if page.outcome == .upToDate { return (events, after) }
            case .expired, .unrecognised:
                swept = max(swept, page.firstSeq - 1)
                return nil
            case .logChanged:
                swept = 0
                return nil
            }
        }
    }

    /// Waits for an item, no longer than `timeout`.
    public func receive(timeout: Duration) throws(ClientError) -> Item? {
        if let item = try receive() { return item }
        let poller = Poller()
        _ = poller.add(socket)
        do { try poller.poll(timeout: timeout) } catch { throw .messaging(error.description) }
        return try receive()
    }

    private func awaitWelcomes() throws(ClientError) {
        var awaited = prefixes
        let deadline = ContinuousClock.now + client.patience
        let poller = Poller()
        _ = poller.add(socket)
        while !awaited.isEmpty {
            guard let frames = try frames() else {
                let left = deadline - ContinuousClock.now
                guard left > .zero else {
                    throw .silent(client.server, for: client.patience, awaited: "a welcome on \(client.server.events)")
                }
                do { try poller.poll(timeout: left) } catch { throw .messaging(error.description) }
                continue
            }
            guard case .welcome = item(frames) else { continue }
            awaited.remove(frames.first.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "")
        }
    }

    private func frames() throws(ClientError) -> [Message]? {
        do {
            while let received = try socket.receive(within: Self.limits) {
                if case .message(let frames) = received { return frames }
            }
            return nil
        } catch {
            throw .messaging(error.description)
        }
    }

    /// - Returns: `nil` for what is not understood: a newer service may say more
    private func item(_ frames: [Message]) -> Item? {
        guard frames.count >= 2 else { return nil }
        let decoded = frames[1].withUnsafeBytes { try? Event(decoding: $0) }
        guard let event = decoded else { return nil }
        guard case .welcome = event.body else {
            return .event(event, tensor: frames.count > 2 ? frames[2].bytes : [])
        }
        let topic = String(decoding: frames[0].bytes, as: UTF8.self)
        guard prefixes.contains(topic) else { return nil }
        if logID == nil {
            logID = event.logID
            swept = event.lastSeq ?? 0
        }
        return .welcome
    }
}
