package import Messages

extension JobQueue {
    /// A run has something to tell.
    ///
    /// Progress goes out as it is. Everything else is taken once, in the order of its numbers, and answered when it is
    /// on disk: a worker that lost the connection in between sends it again. One whose lease is no longer current is
    /// told to stop.
    package mutating func report(_ report: RunReport, from address: WorkerSeat.Address) -> [Action] {
        guard seats[address] != nil else { return [.send(to: address, .whoAreYou)] }
        guard let lease = leases[report.fence], lease.worker == address, let job = jobs[lease.job],
            job.record.run != nil
        else {
            counters.fenced += 1
            return [.send(to: address, .revoke([report.fence]))]
        }
        let number = report.number ?? lease.reports
        let recorded = Action.sendWhenRecorded(to: address, .recorded(report.fence, number: number))
        if report.number != nil {
            guard number > lease.reports else { return [recorded] }
            leases[report.fence]?.reports = number
        }
        switch report.body {
        case .progress(let progress): return [.tellProgress(of: job.record.address, progress)]
        case .survey(_, let survey): return [.record(.tell(job: lease.job, .survey(survey))), recorded]
        case .metrics(_, let metrics): return [.record(.tell(job: lease.job, .metrics(metrics))), recorded]
        case .note(_, let sentence): return [.record(.tell(job: lease.job, .note(sentence))), recorded]
        case .checkpoint(_, let saved): return take(saved, of: lease.job) + [recorded]
        }
    }

    /// From here another worker could go on. A later step than any before is progress: what was held against the job for
    /// the workers that were lost with it is not held any more.
    private mutating func take(_ saved: SavedCheckpoint, of id: Identifier) -> [Action] {
        let last = jobs[id]?.record.run?.checkpoint?.step ?? -1
        jobs[id]?.record.run?.checkpoint = saved.checkpoint
        var actions = [Action.record(.checkpoint(job: id, saved))]
        if saved.step > last, jobs[id]?.forgive() == true { actions.append(.record(.clearLosses(job: id))) }
        return actions
    }
}
