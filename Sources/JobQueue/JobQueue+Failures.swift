import Messages

extension JobQueue {
    /// A run was failed by its worker, or the worker's machine: another is to try, the same only where there is no other.
    ///
    ///     failed ─► behind the client's other jobs ─► another worker … ─► failed `failedTriesLimit` times: it ends so
    ///        └─ one of several in a row at this worker ─► the worker is barred, and none of them counts
    mutating func failElsewhere(
        _ fence: Fence, of id: Identifier, _ error: ServiceError, at address: WorkerSeat.Address
    ) -> [Action] {
        guard let hello = seats[address]?.hello, let record = jobs[id]?.record else { return [] }
        let tries = record.failedTries + 1
        counters.failedTries += 1
        streaks[hello.workerID, default: FailureStreak(nonce: hello.nonce)].add(id)
        jobs[id]?.failedAt.insert(hello.workerID)
        let isBarred = streaks[hello.workerID]?.bars(configuration) ?? false
        guard isBarred || tries < configuration.failedTriesLimit else { return end(id, .failed(error)) }
        returnLease(fence, first: false)
        let reason = "\(error)".prefix(Self.reasonLength)
        let sentence = "the worker '\(hello.workerID)' failed it (\(reason)); it is tried again"
        return [.record(.tell(job: id, .note(sentence)))] + (isBarred ? bar(address) : setFailedTries(tries, of: id))
    }

    /// A worker gets no more, and what it failed in a row counts against nobody but itself.
    private mutating func bar(_ address: WorkerSeat.Address) -> [Action] {
        guard let seat = seats[address], let streak = streaks[seat.hello.workerID] else { return [] }
        seats[address]?.isBarred = true
        // The last of them has not been counted yet.
        let counted = Dictionary(grouping: streak.jobs.dropLast()) { $0 }.mapValues(\.count)
        let pardons = counted.sorted { $0.key.string < $1.key.string }.flatMap { job, count in
            jobs[job].map { setFailedTries(max(0, $0.record.failedTries - count), of: job) } ?? []
        }
        return pardons + [.tell(seat.event(.barred))]
    }

    private mutating func setFailedTries(_ count: Int, of id: Identifier) -> [Action] {
        guard let job = jobs[id], job.record.failedTries != count else { return [] }
        jobs[id]?.record.failedTries = count
        return [.record(.setFailedTries(job: id, count))]
    }

    /// Characters of a worker's error in the note that tells of it.
    private static let reasonLength = 500
}
