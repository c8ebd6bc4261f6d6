import Messages

/// Requests for rows that are not there yet, until they are or their time is up.
///
/// A fetch is entered before a clerk looks, so that rows that become durable while it looks are not missed.
struct WaitingFetches {
    struct Entry {
        let request: Fetch
        let peer: Peer
        let deadline: ContinuousClock.Instant
        /// News came while a clerk was looking: it has to look again.
        var isStale = false
        /// The job as the clerk found it; nil while there is none.
        var page: Page?
    }

    private var looking: [Key: Entry] = [:]
    private var parked: [Identifier: [Entry]] = [:]

    struct Key: Hashable {
        let envelope: [[UInt8]]
        let requestID: UInt64
    }

    mutating func look(_ request: Fetch, for peer: Peer, until deadline: ContinuousClock.Instant) {
        looking[Key(peer)] = Entry(request: request, peer: peer, deadline: deadline)
    }

    func isLooking(_ peer: Peer) -> Bool { looking[Key(peer)] != nil }

    /// The clerk has answered.
    ///
    /// - Returns: whether the request was a fetch
    @discardableResult
    mutating func remove(_ peer: Peer) -> Bool {
        looking.removeValue(forKey: Key(peer)) != nil
    }

    enum Parking {
        case parked
        /// Something has happened meanwhile: look again at once.
        case again(Entry)
        /// It is not to wait, or no longer.
        case late(Entry)
    }

    /// The clerk found no rows yet, only the job or not even that.
    mutating func park(_ peer: Peer, _ page: Page?, at now: ContinuousClock.Instant) -> Parking {
        guard var entry = looking.removeValue(forKey: Key(peer)) else { return .parked }
        entry.page = page
        if entry.isStale {
            entry.isStale = false
            looking[Key(peer)] = entry
            return .again(entry)
        }
        guard entry.deadline > now else { return .late(entry) }
        parked[entry.request.jobID, default: []].append(entry)
        return .parked
    }

    /// Something became durable of this job.
    ///
    /// - Returns: the fetches to look for again
    mutating func wake(_ job: Identifier) -> [Entry] {
        for key in looking.keys where looking[key]?.request.jobID == job { looking[key]?.isStale = true }
        let woken = parked.removeValue(forKey: job) ?? []
        for entry in woken { looking[Key(entry.peer)] = entry }
        return woken
    }

    /// Fetches whose time is up.
    mutating func expired(at now: ContinuousClock.Instant) -> [Entry] {
        guard let first = nextDeadline, first <= now else { return [] }
        var late: [Entry] = []
        for (job, entries) in parked {
            late += entries.filter { $0.deadline <= now }
            let rest = entries.filter { $0.deadline > now }
            parked[job] = rest.isEmpty ? nil : rest
        }
        return late
    }

    var nextDeadline: ContinuousClock.Instant? { parked.values.joined().map(\.deadline).min() }

    /// How many wait, and how many may.
    var count: Int { parked.values.reduce(looking.count) { $0 + $1.count } }
    static let capacity = 4096
}

extension WaitingFetches.Key {
    init(_ peer: Peer) {
        self.init(envelope: peer.envelope, requestID: peer.requestID)
    }
}
