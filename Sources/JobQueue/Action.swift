package import Messages

/// What the queue wants done. The broker performs it and decides nothing.
package enum Action: Sendable {
    /// Make this durable, with everything else that waits for the same commit.
    case record(Change)
    /// Send this to a worker, now.
    case send(to: WorkerSeat.Address, FromBroker)
    /// Send this to a worker once the changes recorded before it are durable.
    case sendWhenRecorded(to: WorkerSeat.Address, FromBroker)
    /// Tell subscribers that a worker came or went.
    case tell(WorkerEvent)
    /// Tell subscribers where a run stands.
    case tellProgress(of: JobAddress, TrainingProgress)
}

/// A lease that is out: the right of one worker to do some rows of a job, or its run.
package struct OpenLease: Sendable {
    package var job: Identifier
    package var rows: Range<Int>
    package var tokens: Int
    package var priority: Priority
    package var worker: WorkerSeat.Address
    /// Renewed by beats; then the rows go to somebody else.
    package var deadline: ContinuousClock.Instant
    /// The number of the last report of a run that was taken.
    package var reports = 0
}
