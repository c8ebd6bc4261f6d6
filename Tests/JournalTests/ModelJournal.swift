import JobQueue
import Messages

/// What a journal must do, in memory and without a thought for speed: what the property test compares with.
struct ModelJournal {
    struct Job {
        var record: JobRecord
        var events: [Event] = []
        var stored: [Int: StoredRows] = [:]
        var isOpen: Bool { !record.state.isTerminal }
    }

    let logID: UInt64
    var jobs: [Identifier: Job] = [:]
    var order: [Identifier] = []
    var log: [Event] = []

    mutating func commit(_ changes: [Change], at time: UnixTime) -> [Outcome] {
        changes.map { apply($0, time) }
    }

    private mutating func apply(_ change: Change, _ time: UnixTime) -> Outcome {
        switch change {
        case .accept(let record, _):
            if let known = jobs[record.id] {
                return .known(known.record, sameDigest: known.record.digest == record.digest)
            }
            jobs[record.id] = Job(record: record)
            order.append(record.id)
            return tell(record.id, .accepted(Accepted(rows: record.rows, model: record.model.reference)), time)
        case .countLoss(let ids):
            for id in ids where jobs[id]?.isOpen ?? false { jobs[id]?.record.lostWorkers += 1 }
            return .done
        case .clearLosses(let id):
            if jobs[id]?.isOpen ?? false { jobs[id]?.record.lostWorkers = 0 }
            return .done
        case .setFailedTries(let id, let count):
            if jobs[id]?.isOpen ?? false { jobs[id]?.record.failedTries = count }
            return .done
        case .start(let id, _), .store(let id, _), .announce(let id, _, _), .finish(let id, _), .tell(let id, _),
            .checkpoint(let id, _):
            guard let job = jobs[id], job.isOpen else { return .done }
            return apply(change, to: job, time)
        }
    }

    private mutating func apply(_ change: Change, to job: Job, _ time: UnixTime) -> Outcome {
        let id = job.record.id
        switch change {
        case .start(_, let worker):
            jobs[id]?.record.state = .running
            jobs[id]?.record.startedAt = time
            return tell(id, .started(workerID: worker), time)
        case .store(_, let rows):
            guard job.stored[rows.rows.firstRow] == nil else { return .done }
            jobs[id]?.stored[rows.rows.firstRow] = rows
            jobs[id]?.record.usage += rows.usage
            return .done
        case .announce(_, let rows, let noticesOnly):
            jobs[id]?.record.announcedRows += rows.count
            return tell(id, .result(rows), time, tensor: noticesOnly ? nil : job.stored[rows.firstRow]?.tensor)
        case .finish(_, let ending):
            jobs[id]?.record.finishedAt = time
            return finish(job.record, ending, time)
        case .tell(_, .survey(let survey)): return tell(id, .survey(survey), time)
        case .tell(_, .metrics(let metrics)): return tell(id, .metrics(metrics), time)
        case .tell(_, .note(let sentence)): return tell(id, .note(sentence), time)
        case .checkpoint(_, let saved):
            jobs[id]?.record.run?.checkpoint = saved.checkpoint
            return tell(id, .checkpoint(saved.checkpoint), time)
        case .accept, .countLoss, .clearLosses, .setFailedTries: return .done
        }
    }

    private mutating func finish(_ record: JobRecord, _ ending: Ending, _ time: UnixTime) -> Outcome {
        let id = record.id
        switch ending {
        case .succeeded(let usage), .ran(let usage, _):
            jobs[id]?.record.state = .succeeded
            jobs[id]?.record.usage = usage
            let start = record.startedAt ?? time
            var succeeded = Succeeded(
                usage: usage, queueTime: start.duration(since: record.acceptedAt),
                totalTime: time.duration(since: record.acceptedAt))
            succeeded.checkpoint = record.run?.checkpoint?.digest
            if case .ran(_, let result) = ending {
                succeeded.metrics = result.metrics
                jobs[id]?.record.announcedRows = record.rows
            }
            return tell(id, .succeeded(succeeded), time)
        case .failed(let error):
            jobs[id]?.record.state = .failed
            jobs[id]?.record.error = error
            return tell(id, .failed(error), time)
        case .dead(let error, let lostWorkers):
            jobs[id]?.record.state = .dead
            jobs[id]?.record.error = error
            jobs[id]?.record.lostWorkers = lostWorkers
            return tell(id, .dead(error, lostWorkers: lostWorkers), time)
        case .cancelled(let reason):
            jobs[id]?.record.state = .cancelled
            return tell(id, .cancelled(reason: reason), time)
        }
    }

    private mutating func tell(
        _ id: Identifier, _ body: Event.Body, _ time: UnixTime, tensor: [UInt8]? = nil
    ) -> Outcome {
        let event = Event(
            logID: logID, seq: log.count + 1, jobSeq: (jobs[id]?.events.count ?? 0) + 1, time: time,
            address: jobs[id]?.record.address, body: body)
        log.append(event)
        jobs[id]?.events.append(event)
        return .event(event, tensor: tensor)
    }
}

extension Outcome {
    func isSame(as other: Outcome) -> Bool {
        switch (self, other) {
        case (.done, .done): true
        case (.event(let event, let tensor), .event(let otherEvent, let otherTensor)):
            event == otherEvent && tensor == otherTensor
        case (.known(let record, let same), .known(let otherRecord, let otherSame)):
            record == otherRecord && same == otherSame
        default: false
        }
    }
}
