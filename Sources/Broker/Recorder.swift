import Foundation
import JobQueue
import Journal
import Logging
import Messages
import ZeroMQ

/// What the I/O thread asks of the recorder.
enum RecorderOrder: Sendable {
    case commit([Change])
    /// Forget what is older than the retention allows.
    case prune
    case stop
}

/// What the recorder tells the I/O thread.
enum RecorderReport: Sendable {
    case committed([Outcome])
    /// Nothing of the batch is on disk; these are the open jobs as the journal has them.
    case failed(ServiceError, open: [OpenJob])
    /// Older events have been forgotten: this is the first that is left.
    case pruned(firstSeq: Int)
}

/// The thread that writes the journal, one transaction after the other.
final class Recorder: Sendable {
    let orders: Mailbox<RecorderOrder>
    let reports: Mailbox<RecorderReport>
    private let journal: Journal
    private let retention: Retention
    private let log: Logger

    init(journal: Journal, retention: Retention, log: Logger) throws(ZeroMQError) {
        self.journal = journal
        self.retention = retention
        self.log = log
        orders = try Mailbox(capacity: 16)
        reports = try Mailbox(capacity: 16)
    }

    func start() {
        let thread = Thread { [self] in
            while work(orders.waitAndDrain()) {}
        }
        thread.name = "bertd-journal"
        thread.start()
    }

    /// - Returns: whether to go on
    private func work(_ orders: [RecorderOrder]) -> Bool {
        for order in orders {
            switch order {
            case .commit(let changes): _ = reports.send(commit(changes))
            case .prune: prune()
            case .stop: return false
            }
        }
        return true
    }

    private func commit(_ changes: [Change]) -> RecorderReport {
        do {
            return .committed(try journal.commit(changes, at: .now))
        } catch {
            log.error("a commit failed: \(error)")
            return .failed(error.serviceError, open: openJobs())
        }
    }

    /// The exit code for a state that cannot be used (sysexits.h, EX_CONFIG).
    private static let unusableState: Int32 = 78

    /// A journal that can be neither written nor read is the end of this process: nothing accepted is lost by that, and
    /// going on could promise what cannot be kept.
    private func openJobs() -> [OpenJob] {
        do {
            return try journal.openJobs()
        } catch {
            log.critical("the journal cannot be read: \(error)")
            exit(Self.unusableState)
        }
    }

    /// One small batch at a time, so that a commit never waits long.
    private func prune() {
        do {
            if try journal.prune(at: .now, retention) { _ = orders.send(.prune) }
            try journal.checkpoint()
            _ = reports.send(.pruned(firstSeq: try journal.head().firstSeq))
        } catch {
            log.error("retention failed: \(error)")
        }
    }
}

extension Journal {
    func openJobs() throws(JournalError) -> [OpenJob] {
        var jobs: [OpenJob] = []
        try eachOpenJob { jobs.append($0) }
        return jobs
    }
}
