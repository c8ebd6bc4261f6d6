package import Messages

/// Something that must be on disk before anybody is told.
///
/// A change and the event that tells of it are one transaction; the journal gives events their `seq` and `job_seq`.
package enum Change: Sendable {
    /// A new job with the frame it came in. Comes back as `Outcome.known` when the id exists already.
    case accept(JobRecord, frame: [UInt8])
    /// The first lease of a job: queued → running.
    case start(job: Identifier, worker: Identifier)
    /// Rows of a job, durable but not announced: an earlier row may still be missing.
    case store(job: Identifier, StoredRows)
    /// The stored rows that begin at `rows.firstRow`, next in row order.
    case announce(job: Identifier, rows: ResultRows, noticesOnly: Bool)
    /// A worker was lost while it held rows of these jobs.
    case countLoss(jobs: [Identifier])
    /// The rows that workers were lost with have been finished: the job was not the cause.
    case clearLosses(job: Identifier)
    /// How often workers have failed a run by no fault of its own.
    case setFailedTries(job: Identifier, Int)
    /// What a run has to tell.
    case tell(job: Identifier, RunNews)
    /// A run can go on from here; of those before it, only the best is still needed.
    case checkpoint(job: Identifier, SavedCheckpoint)
    /// The end of a job, with the frame and its texts forgotten.
    case finish(job: Identifier, Ending)
}

/// What a run tells that is kept, and changes nothing.
package enum RunNews: Sendable, Equatable {
    case survey(Survey)
    case metrics(Metrics)
    case note(String)
}

/// The way a job ends.
package enum Ending: Sendable, Equatable {
    case succeeded(Usage)
    /// A run came to its end: its model, if it has a name, becomes that name's next version.
    case ran(Usage, RunResult)
    case failed(ServiceError)
    case dead(ServiceError, lostWorkers: Int)
    case cancelled(reason: String?)
}

/// The result of consecutive rows, as a worker computed it.
package struct StoredRows: Sendable {
    package var rows: ResultRows
    /// The tensor's bytes: in the journal up to `Limits.inlineResultBytes`, beyond that a file of the store.
    package var tensor: [UInt8]
    /// What these rows add to the job's usage.
    package var usage: Usage

    package init(rows: ResultRows, tensor: [UInt8], usage: Usage) {
        self.rows = rows
        self.tensor = tensor
        self.usage = usage
    }
}

/// What became of a change when its transaction was committed.
package enum Outcome: Sendable {
    /// Done, without an event (`store`, `countLoss`, `clearLosses`, `setFailedTries`).
    case done
    /// Done; this is the committed event, and for `announce` the tensor to send with it where it is kept inline.
    case event(Event, tensor: [UInt8]?)
    /// Done; with this event a model got a new version.
    case registered(StoredModel, Event)
    /// `accept` of what only the journal can tell to be impossible: nothing was written.
    case refused(ServiceError)
    /// `accept` of an id that exists: the job as it stands. `sameDigest` tells a repeat from a conflict.
    case known(JobRecord, sameDigest: Bool)
}

/// An open job as the journal gives it back at start: its record, its frame, and the rows that are stored already.
package struct OpenJob: Sendable {
    package var record: JobRecord
    package var frame: [UInt8]
    /// Stored but not announced rows beyond `record.announcedRows`, in row order.
    package var stored: [ResultRows]

    package init(record: JobRecord, frame: [UInt8], stored: [ResultRows]) {
        self.record = record
        self.frame = frame
        self.stored = stored
    }
}
