package import Messages

/// One job as the journal keeps it: who asked, for what, and how far it has come.
package struct JobRecord: Sendable, Equatable {
    package var id: Identifier
    package var client: Identifier
    package var group: Identifier
    package var priority: Priority
    /// sha256 of the command's frame: the same id with another digest is a conflict.
    package var digest: Digest
    package var model: ModelBinding
    package var rows: Int
    /// Whether result events carry the digest of their tensor alone.
    package var noticesOnly: Bool
    package var state: JobState
    /// Unix time in microseconds, like every time here.
    package var acceptedAt: Int64
    package var startedAt: Int64?
    package var finishedAt: Int64?
    /// Workers that were lost while they held rows of this job.
    package var lostWorkers: Int
    /// Rows whose result events are committed: a prefix, since they are announced in row order.
    package var announcedRows: Int
    /// Sums over the rows stored so far.
    package var usage: Usage
    /// Why it failed or died.
    package var error: ServiceError?

    package init(
        id: Identifier, client: Identifier, group: Identifier, priority: Priority, digest: Digest, model: ModelBinding,
        rows: Int, noticesOnly: Bool, acceptedAt: Int64
    ) {
        self.id = id
        self.client = client
        self.group = group
        self.priority = priority
        self.digest = digest
        self.model = model
        self.rows = rows
        self.noticesOnly = noticesOnly
        self.state = .queued
        self.acceptedAt = acceptedAt
        self.lostWorkers = 0
        self.announcedRows = 0
        self.usage = Usage()
    }
}

/// The model that a name meant when the job was accepted; a later version of the name does not change the job.
package struct ModelBinding: Sendable, Hashable {
    /// `NAME@VERSION`.
    package var name: String
    /// Of its manifest.
    package var digest: Digest

    package init(name: String, digest: Digest) {
        self.name = name
        self.digest = digest
    }
}

/// Where a job stands. The first two are open; the others are terminal and never change.
package enum JobState: String, Sendable, CaseIterable {
    case queued, running, succeeded, failed, dead, cancelled

    package var isTerminal: Bool { self != .queued && self != .running }
}
