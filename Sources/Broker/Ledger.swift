import DequeModule
import JobQueue
import Messages
import ZeroMQ

/// The I/O thread's side of the journal: what waits for a commit, and what is to be done when it has happened.
///
/// Changes gather while the commit before them syncs and go to disk together (group commit): no timer, and under load
/// fewer, larger transactions.
final class Ledger {
    /// What is to be done once everything recorded before it is on disk.
    enum Followup {
        /// Publish the change's event, if it has one.
        case publish
        /// The job has been accepted, or was known already.
        case admit(QueuedJob)
        case send(to: WorkerSeat.Address, FromBroker)
        case cancel(Command)
        /// Refuse a command, unless it repeats a job that is on disk: then tell its events again.
        case retell(JobAddress, Digest, otherwise: ServiceError)
    }

    private struct Entry {
        var change: Change?
        var followup: Followup

        /// What it holds of memory, as far as that is worth counting.
        var byteCount: Int {
            switch change {
            case .accept(_, let frame): 2 * frame.count
            case .store(_, let rows): rows.tensor.count
            default: 0
            }
        }

        /// Of the frame of a job that is not admitted yet.
        var acceptBytes: Int {
            if case .accept(_, let frame) = change { frame.count } else { 0 }
        }
    }

    private var gathered: [Entry] = []
    private var gatheredBytes = 0
    /// Bytes of the frames of jobs that wait to be accepted.
    private(set) var acceptBytes = 0
    private var inFlight: [Entry] = []
    private let recorder: Mailbox<RecorderOrder>

    init(recorder: Mailbox<RecorderOrder>) {
        self.recorder = recorder
    }

    /// Nothing waits for the disk.
    var isIdle: Bool { gathered.isEmpty && inFlight.isEmpty }

    /// So much has gathered that neither should commands be read nor work be handed out before some of it is on disk.
    var isFull: Bool { gathered.count >= Self.gatheredLimit || gatheredBytes >= Self.gatheredBytesLimit }

    func record(_ change: Change, then followup: Followup = .publish) {
        let entry = Entry(change: change, followup: followup)
        gatheredBytes += entry.byteCount
        acceptBytes += entry.acceptBytes
        gathered.append(entry)
    }

    /// Does `followup` when what has been recorded so far is on disk.
    func afterwards(_ followup: Followup) {
        gathered.append(Entry(change: nil, followup: followup))
    }

    /// Starts the next commit unless one is under way.
    func flush() {
        guard inFlight.isEmpty, !gathered.isEmpty else { return }
        let batch = nextBatch()
        guard recorder.send(.commit(batch.compactMap(\.change))) else { return }
        gathered.removeFirst(batch.count)
        gatheredBytes -= batch.reduce(0) { $0 + $1.byteCount }
        inFlight = batch
    }

    private func nextBatch() -> [Entry] {
        var bytes = 0
        let rest = gathered.prefix(Self.batchLimit).firstIndex { entry in
            bytes += entry.byteCount
            return bytes > Self.batchBytesLimit
        }
        return Array(gathered.prefix(max(1, rest ?? Self.batchLimit)))
    }

    /// The commit under way has happened: its follow-ups in order, each with the outcome of its change if it had one.
    func settle(committed outcomes: [Outcome]) -> [(Followup, Outcome?)] {
        var next = outcomes.makeIterator()
        acceptBytes -= inFlight.reduce(0) { $0 + $1.acceptBytes }
        defer { inFlight = [] }
        return inFlight.map { ($0.followup, $0.change == nil ? nil : next.next()) }
    }

    /// The commit under way has failed: nothing that waited will be done, for it was decided on a state that never
    /// became true.
    ///
    /// - Returns: the jobs that were to be accepted
    func settleFailed() -> [QueuedJob] {
        defer {
            (inFlight, gathered) = ([], [])
            (gatheredBytes, acceptBytes) = (0, 0)
        }
        return (inFlight + gathered).compactMap { if case .admit(let job) = $0.followup { job } else { nil } }
    }

    private static let gatheredLimit = 4096
    private static let gatheredBytesLimit = 64 << 20
    private static let batchLimit = 1024
    private static let batchBytesLimit = 32 << 20
}
