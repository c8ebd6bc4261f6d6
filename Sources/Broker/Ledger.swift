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
    }

    private struct Entry {
        var change: Change?
        var followup: Followup
    }

    private var gathered: [Entry] = []
    private var inFlight: [Entry] = []
    private let recorder: Mailbox<RecorderOrder>

    init(recorder: Mailbox<RecorderOrder>) {
        self.recorder = recorder
    }

    /// Nothing waits for the disk.
    var isIdle: Bool { gathered.isEmpty && inFlight.isEmpty }

    /// So much has gathered that no more commands should be read before some of it is on disk.
    var isFull: Bool { gathered.count >= Self.gatheredLimit }

    func record(_ change: Change, then followup: Followup = .publish) {
        gathered.append(Entry(change: change, followup: followup))
    }

    /// Does `followup` when what has been recorded so far is on disk.
    func afterwards(_ followup: Followup) {
        gathered.append(Entry(change: nil, followup: followup))
    }

    /// Starts the next commit unless one is under way.
    func flush() {
        guard inFlight.isEmpty, !gathered.isEmpty else { return }
        let batch = Array(gathered.prefix(Self.batchLimit))
        guard recorder.send(.commit(batch.compactMap(\.change))) else { return }
        gathered.removeFirst(batch.count)
        inFlight = batch
    }

    /// The commit under way has happened: its follow-ups in order, each with the outcome of its change if it had one.
    func settle(committed outcomes: [Outcome]) -> [(Followup, Outcome?)] {
        var next = outcomes.makeIterator()
        defer { inFlight = [] }
        return inFlight.map { ($0.followup, $0.change == nil ? nil : next.next()) }
    }

    /// The commit under way has failed: nothing that waited will be done, for it was decided on a state that never
    /// became true.
    ///
    /// - Returns: the jobs that were to be accepted
    func settleFailed() -> [QueuedJob] {
        defer { (inFlight, gathered) = ([], []) }
        return (inFlight + gathered).compactMap { if case .admit(let job) = $0.followup { job } else { nil } }
    }

    private static let gatheredLimit = 4096
    private static let batchLimit = 1024
}
