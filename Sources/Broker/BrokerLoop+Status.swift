import Foundation
import JobQueue
import Journal
import Messages

extension BrokerLoop {
    /// What this thread can say about the service; a clerk adds what lies on the disk.
    var status: ServiceStatus {
        ServiceStatus(
            serverVersion: configuration.version, logID: logID, boot: Int(queue.boot), firstSeq: firstSeq,
            lastSeq: lastSeq, startedAt: startedAt, openJobs: queue.jobs.count, queuedTokens: queue.queuedTokens,
            queuedBytes: queue.queuedBytes, workers: queue.seats.values.map(\.summary),
            counters: tally.counters + queue.counters.list, settings: configuration.settings, journalBytes: 0,
            residentBytes: 0)
    }
}

extension WorkerSeat {
    var summary: WorkerSummary {
        WorkerSummary(
            workerID: hello.workerID, workerClass: hello.workerClass, host: hello.host, processID: hello.processID,
            lanes: hello.lanes,
            state: isBarred ? .barred : .ready, leasedTokens: leasedTokens.values.reduce(0, +),
            creditTokens: hello.creditTokens, models: models.sorted { $0.hex < $1.hex }, kernels: hello.kernels)
    }
}

extension Counters {
    var list: [Counter] {
        [
            Counter(name: "fenced", value: fenced), Counter(name: "expired_leases", value: expiredLeases),
            Counter(name: "lost_workers", value: lostWorkers), Counter(name: "failed_tries", value: failedTries),
            Counter(name: "finished_rows", value: finishedRows),
        ]
    }
}

extension BrokerConfiguration {
    /// The limits in force, as `bertctl status` shows them.
    var settings: [Setting] {
        [
            Setting(name: "lease", value: queue.lease.spelled),
            Setting(name: "lost workers limit", value: "\(queue.lostWorkersLimit)"),
            Setting(name: "failed tries limit", value: "\(queue.failedTriesLimit)"),
            Setting(name: "failures in a row limit", value: "\(queue.failureStreakLimit)"),
            Setting(name: "queued bytes limit", value: "\(queuedBytesLimit)"),
            Setting(name: "training workers", value: "\(trainingWorkers.count)"),
            Setting(name: "events kept", value: retention.eventAge.spelled),
            Setting(name: "results kept", value: "\(retention.resultAge.spelled) or \(retention.resultBytes) bytes"),
            Setting(name: "ids kept", value: "\(retention.idAge.spelled) or \(retention.idCount) of them"),
        ]
    }
}

extension Duration {
    /// In whole units, the larger ones first: `7 days`.
    var spelled: String { formatted(.units(allowed: [.days, .hours, .minutes, .seconds], width: .wide)) }
}

extension JobSummary {
    /// A command that never became a job.
    init(rejected address: JobAddress, _ error: ServiceError) {
        self.init(
            address: address, kind: "", model: nil, priority: .interactive, state: .rejected, rows: 0, rowsDone: 0,
            acceptedAt: .now, finishedAt: nil, lostWorkers: 0, error: error)
    }
}

extension JobRecord {
    var summary: JobSummary {
        JobSummary(
            address: address, kind: kind.rawValue, model: model.reference, priority: priority, state: state, rows: rows,
            rowsDone: announcedRows, acceptedAt: acceptedAt, finishedAt: finishedAt, lostWorkers: lostWorkers,
            failedTries: failedTries, error: error, checkpoint: run?.checkpoint, result: run?.result)
    }
}
