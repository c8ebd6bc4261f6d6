package import Messages

extension JobQueue {
    /// A lease was worked off.
    ///
    /// A result whose fence is not current changes nothing: its rows were given to somebody else, or the job has ended.
    /// Who has no seat is asked who it is first, and sends again what it still may.
    package mutating func finish(_ finished: Finished, tensors: [[UInt8]], from address: WorkerSeat.Address) -> [Action]
    {
        guard seats[address] != nil else { return [.send(to: address, .whoAreYou)] }
        let settled = Action.sendWhenRecorded(to: address, .settled([finished.fence]))
        guard let lease = leases[finished.fence], lease.worker == address, let job = jobs[lease.job] else {
            counters.fenced += 1
            return [settled]
        }
        let fault = job.record.run == nil ? fault(in: finished, tensors, of: lease.rows) : fault(inRun: finished)
        if let fault { return end(lease.job, .failed(ServiceError(.internal, fault))) + [settled] }
        closeLease(finished.fence)
        if let result = finished.run {
            if let worker = seats[address]?.hello.workerID { streaks[worker] = nil }
            return end(lease.job, .ran(finished.usage, result)) + [settled]
        }
        estimates[job.record.model.digest, default: TokenEstimate()]
            .learn(from: finished.usage, maximum: finished.maxTokens)
        counters.finishedRows += lease.rows.count
        var actions: [Action] = []
        for (index, (rows, tensor)) in zip(finished.chunks, tensors).enumerated() {
            let usage = index == 0 ? finished.usage : Usage()
            actions.append(.record(.store(job: lease.job, StoredRows(rows: rows, tensor: tensor, usage: usage))))
            jobs[lease.job]?.store(rows)
        }
        jobs[lease.job]?.record.usage += finished.usage
        if jobs[lease.job]?.clearSuspicion() == true { actions.append(.record(.clearLosses(job: lease.job))) }
        return actions + announce(lease.job) + [settled]
    }

    /// A lease came back without a result.
    package mutating func giveBack(_ unfinished: Unfinished, from address: WorkerSeat.Address) -> [Action] {
        guard seats[address] != nil else { return [.send(to: address, .whoAreYou)] }
        let settled = Action.sendWhenRecorded(to: address, .settled([unfinished.fence]))
        guard let lease = leases[unfinished.fence], lease.worker == address else {
            counters.fenced += 1
            return [settled]
        }
        switch unfinished.reason {
        case .failed:
            let error = unfinished.error ?? ServiceError(.internal, "a worker gave no reason")
            guard jobs[lease.job]?.record.run != nil, error.code.isOfWorker else {
                return end(lease.job, .failed(error)) + [settled]
            }
            return failElsewhere(unfinished.fence, of: lease.job, error, at: address) + [settled]
        case .refused:
            if let model = jobs[lease.job]?.record.model.digest { seats[address]?.refused.insert(model) }
            returnLease(unfinished.fence)
            return [settled]
        case .returned:
            seats[address]?.isDraining = true
            returnLease(unfinished.fence)
            return [settled]
        }
    }

    /// What is wrong with the end of a run: it has a result of its own, and no rows.
    private func fault(inRun finished: Finished) -> String? {
        finished.run != nil && finished.chunks.isEmpty
            ? nil : "a worker sent \(finished.chunks.count) chunks of rows, expected the result of a run"
    }

    /// What is wrong with a result: its chunks must be the rows of the lease, in order, with the bytes they declare.
    private func fault(in finished: Finished, _ tensors: [[UInt8]], of rows: Range<Int>) -> String? {
        guard finished.run == nil else { return "a worker sent the result of a run, expected rows" }
        guard finished.chunks.count == tensors.count else {
            return "a worker sent \(tensors.count) tensors, expected \(finished.chunks.count)"
        }
        var next = rows.lowerBound
        for (chunk, tensor) in zip(finished.chunks, tensors) {
            guard chunk.range.lowerBound == next, !chunk.range.isEmpty, chunk.range.upperBound <= rows.upperBound else {
                return "a worker sent rows \(chunk.range), expected rows from \(next) below \(rows.upperBound)"
            }
            guard chunk.tensorByteCount == tensor.count else {
                return "a worker sent \(tensor.count) bytes for shape \(chunk.shape) of \(chunk.elementType)"
            }
            next = chunk.range.upperBound
        }
        return next == rows.upperBound
            ? nil : "a worker sent rows below \(next), expected them below \(rows.upperBound)"
    }
}
