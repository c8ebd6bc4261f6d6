package import Messages

/// The jobs that were submitted and have not ended, with when each is to be pushed again.
///
///     add ──► pushed every 0.5 s, doubling to 4 s, until ──► accepted ──► ended
///                     ▲                                       │
///                     └──── pushAgain: outcome unknown ◄──────┘
///
/// A repeated push is harmless: the same bytes are the same job. Decides only; clock and sockets are its caller's.
package struct Outbox {
    package typealias Instant = ContinuousClock.Instant

    package struct Job {
        package let frame: [UInt8]
        package let submitted: Instant
        package var result: JobResult
        package var isAccepted = false
        package var nextPush: Instant
        package var delay: Duration = Outbox.firstDelay
        /// The last event of the job, or the last push.
        package var heard: Instant
        /// The highest that was heard of it.
        package var jobSeq = 0
    }

    package init() {}

    package private(set) var jobs: [Identifier: Job] = [:]
    package private(set) var byteCount = 0

    package static let firstDelay: Duration = .milliseconds(500)
    package static let lastDelay: Duration = .seconds(4)
    /// After so long without an event of an accepted job it is worth asking.
    package static let quiet: Duration = .seconds(10)

    package mutating func add(_ jobID: Identifier, frame: [UInt8], rows: Int, at now: Instant) {
        byteCount += frame.count
        jobs[jobID] = Job(
            frame: frame, submitted: now, result: JobResult(rowCount: rows), nextPush: now, heard: now)
    }

    package mutating func remove(_ jobID: Identifier) -> Job? {
        let job = jobs.removeValue(forKey: jobID)
        byteCount -= job?.frame.count ?? 0
        return job
    }

    /// Jobs whose push is due, the longest-waiting first.
    package func due(at now: Instant) -> [Identifier] {
        jobs.filter { !$0.value.isAccepted && $0.value.nextPush <= now }
            .sorted { $0.value.submitted < $1.value.submitted }
            .map(\.key)
    }

    /// The frame has been given to the socket.
    package mutating func pushed(_ jobID: Identifier, at now: Instant) {
        guard var job = jobs[jobID] else { return }
        job.nextPush = now + job.delay
        job.delay = min(job.delay * 2, Self.lastDelay)
        jobs[jobID] = job
    }

    /// The service asked for a pause before the next push.
    package mutating func postpone(_ jobID: Identifier, by pause: Duration, at now: Instant) {
        jobs[jobID]?.nextPush = now + max(pause, Self.firstDelay)
    }

    /// Any event of the job but a rejection says that it is on the service's disk.
    package mutating func heard(_ jobID: Identifier, jobSeq: Int?, at now: Instant) {
        guard var job = jobs[jobID] else { return }
        job.isAccepted = true
        job.heard = now
        job.jobSeq = max(job.jobSeq, jobSeq ?? 0)
        jobs[jobID] = job
    }

    /// Whether events of the job between the last one heard and this one were missed.
    package func isGap(_ jobID: Identifier, _ jobSeq: Int?) -> Bool {
        guard let job = jobs[jobID], let jobSeq else { return false }
        return jobSeq > job.jobSeq + 1
    }

    package mutating func take(_ rows: ResultRows, tensor: [UInt8], of jobID: Identifier) {
        jobs[jobID]?.result.append(rows, tensor: tensor)
    }

    /// Every job's outcome is unknown.
    package mutating func pushAgain(at now: Instant) {
        for jobID in jobs.keys {
            jobs[jobID]?.isAccepted = false
            jobs[jobID]?.nextPush = now
            jobs[jobID]?.delay = Self.firstDelay
            jobs[jobID]?.jobSeq = 0
        }
    }

    /// Whether an accepted job has been quiet for so long that its end may have been missed.
    package func isQuiet(at now: Instant) -> Bool {
        jobs.values.contains { $0.isAccepted && now - $0.heard >= Self.quiet }
    }

    /// The next question about quiet jobs waits as long as the first did.
    package mutating func asked(at now: Instant) {
        for jobID in jobs.keys { jobs[jobID]?.heard = now }
    }

    /// A job that was not accepted in `patience`.
    package func overdue(at now: Instant, patience: Duration) -> Identifier? {
        jobs.first { !$0.value.isAccepted && now - $0.value.submitted >= patience }?.key
    }
}
