import JobQueue
import Logging
import Messages
import ZeroMQ

extension BrokerLoop {
    /// Does what the queue has decided; what must be durable first waits in the ledger.
    func perform(_ actions: [Action]) throws(ZeroMQError) {
        for action in actions {
            switch action {
            case .record(let change): ledger.record(change)
            case .send(let address, let message): try send(message, to: address)
            case .sendWhenRecorded(let address, let message): ledger.afterwards(.send(to: address, message))
            case .tell(let worker):
                if worker.state == .barred {
                    log.error("worker '\(worker.workerID)' fails run after run: no more until it is started anew")
                }
                try publish(event(.worker(worker), nil))
            case .tellProgress(let address, let progress): try publish(event(.progress(progress), address))
            }
        }
    }

    func take(_ report: RecorderReport) throws(ZeroMQError) {
        switch report {
        case .committed(let outcomes):
            for (followup, outcome) in ledger.settle(committed: outcomes) { try follow(followup, outcome) }
        case .failed(let failure, let open):
            log.error("nothing was written, starting again from the journal: \(failure.message)")
            trouble = failure
            troubledUntil = clock.now + Self.troubleRest
            for job in ledger.settleFailed() {
                // A repeat of a job that is on disk is answered with its events, not with the failure.
                retell(job.record.address, job.record.digest, otherwise: failure)
            }
            try startAgain(from: open)
        case .pruned(let first): firstSeq = first
        }
    }

    private func follow(_ followup: Ledger.Followup, _ outcome: Outcome?) throws(ZeroMQError) {
        switch (followup, outcome) {
        case (.admit(let job), .known(let record, let sameDigest)):
            try answerRepeat(of: record, by: job, sameDigest)
        case (.admit(let job), .event(let event, _)):
            tally.accepted += 1
            rejections.remove(job.record.id)
            try tell(event, nil)
            try perform(queue.admit(job))
        case (.admit(let job), .refused(let error)): try reject(job.record.address, error)
        case (_, .registered(let model, let event)):
            // Before anybody hears of it, and may ask for it.
            registry.add(model)
            try tell(event, nil)
        case (.send(let address, let message), _): try send(message, to: address)
        case (.cancel(let command), _): try cancel(command)
        case (.retell(let address, let digest, let error), _): retell(address, digest, otherwise: error)
        case (_, .event(let event, let tensor)): try tell(event, tensor)
        case (_, .done), (_, .known), (_, .refused), (_, nil): break
        }
    }

    /// Publishes a committed event, and lets those who wait for rows of its job look.
    private func tell(_ event: Event, _ tensor: [UInt8]?) throws(ZeroMQError) {
        lastSeq = event.seq ?? lastSeq
        try publish(event, tensor: tensor)
        if let job = event.address?.jobID { try wake(job) }
    }

    private func answerRepeat(of record: JobRecord, by job: QueuedJob, _ sameDigest: Bool) throws(ZeroMQError) {
        guard sameDigest else {
            return try reject(job.record.address, ServiceError(conflictOn: record.id))
        }
        tally.repeated += 1
        retell(
            record.address, record.digest, otherwise: ServiceError(.unknownJob, "job '\(record.id)' has been forgotten")
        )
    }

    private func cancel(_ command: Command) throws(ZeroMQError) {
        guard case .cancel(let reason) = command.body else { return }
        if let actions = queue.cancel(command.jobID, reason: reason) { return try perform(actions) }
        retell(
            command.address, nil,
            otherwise: ServiceError(.unknownJob, "no job is called '\(command.jobID)'", field: "job_id"))
    }

    /// Puts a queue in place that the journal gave back.
    func startAgain(from open: [OpenJob]) throws(ZeroMQError) {
        let addresses = Array(queue.seats.keys)
        queue = JobQueue(successorOf: queue)
        try admit(open)
        for address in addresses { try send(.whoAreYou, to: address) }
    }

    /// Takes up jobs of the journal. Their commands were valid when they were accepted.
    func admit(_ open: [OpenJob]) throws(ZeroMQError) {
        var restored: [Action] = []
        for job in open {
            guard case .command(let command) = Command.decode(job.frame), case .work(let work) = command.body else {
                log.critical("job '\(job.record.id)' in the journal has no readable command")
                continue
            }
            do throws(ServiceError) {
                let bound = try work.bound(to: job.record.run)
                let queued = QueuedJob(
                    record: job.record, work: bound, frameBytes: job.frame.count, stored: job.stored)
                restored += queue.admit(queued)
            } catch {
                log.critical("job '\(job.record.id)' in the journal cannot be taken up: \(error.message)")
            }
        }
        try perform(restored)
    }

    /// Has the stored events of a job published again, once at a time.
    func retell(_ address: JobAddress, _ digest: Digest?, otherwise: ServiceError) {
        guard retelling.insert(address.jobID).inserted else { return }
        let isTaken = clerks.reader.orders.send(.retell(address, digest, after: 0, otherwise: otherwise))
        // The client repeats it; by then there may be room.
        if !isTaken { retelling.remove(address.jobID) }
    }

    private static let troubleRest = Duration.seconds(2)
}
