package import Messages

/// One job as the journal keeps it: who asked, for what, and how far it has come.
package struct JobRecord: Sendable, Equatable {
    package var address: JobAddress
    package var priority: Priority
    package var kind: Work.Kind
    /// sha256 of the command's frame: the same id with another digest is a conflict.
    package var digest: Digest
    package var model: ModelBinding
    package var rows: Int
    /// Whether result events carry the digest of their tensor alone.
    package var noticesOnly: Bool
    /// Whether the result has a vector for each token: a chunk's tensor then splits by its token counts, not by its rows.
    package var perToken: Bool
    package var state: JobState
    package var acceptedAt: UnixTime
    package var startedAt: UnixTime?
    package var finishedAt: UnixTime?
    /// Workers that were lost while they held rows of this job.
    package var lostWorkers: Int
    /// Workers that failed it, a run, by no fault of its own, since it last had no failure against it.
    package var failedTries = 0
    /// Rows whose result events are committed: a prefix, since they are announced in row order.
    package var announcedRows: Int
    /// Sums over the rows stored so far.
    package var usage: Usage
    /// Why it failed or died.
    package var error: ServiceError?
    /// Of a run: what it reads, and how far it has come. Nil for rows of inference.
    package var run: RunRecord?

    package var workerClass: WorkerClass { kind.workerClass }
    package var id: Identifier { address.jobID }

    package init(
        address: JobAddress, priority: Priority, kind: Work.Kind = .embed, digest: Digest, model: ModelBinding,
        rows: Int, noticesOnly: Bool, perToken: Bool = false, acceptedAt: UnixTime, run: RunRecord? = nil
    ) {
        self.address = address
        self.priority = priority
        self.kind = kind
        self.digest = digest
        self.model = model
        self.rows = rows
        self.noticesOnly = noticesOnly
        self.perToken = perToken
        self.state = .queued
        self.acceptedAt = acceptedAt
        self.lostWorkers = 0
        self.announcedRows = 0
        self.usage = Usage()
        self.run = run
    }
}

/// The model, or the data set, that a name meant when the job was accepted; a later version of the name does not change the job.
package struct ModelBinding: Sendable, Hashable {
    /// Name and version, never the bare name.
    package var reference: ModelReference
    /// Of its manifest.
    package var digest: Digest

    package init(reference: ModelReference, digest: Digest) {
        self.reference = reference
        self.digest = digest
    }
}
