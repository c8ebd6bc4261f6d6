import JobQueue
import Messages

extension Ending {
    /// The event that tells of it.
    func body(of record: JobRecord, at time: UnixTime) -> Event.Body {
        switch self {
        case .succeeded(let usage): .succeeded(record.succeeded(usage, at: time))
        case .ran(let usage, let result): .succeeded(record.succeeded(usage, result, at: time))
        case .failed(let error): .failed(error)
        case .dead(let error, let lostWorkers): .dead(error, lostWorkers: lostWorkers)
        case .cancelled(let reason): .cancelled(reason: reason)
        }
    }
}

extension RunNews {
    /// The event that tells of it.
    var body: Event.Body {
        switch self {
        case .survey(let survey): .survey(survey)
        case .metrics(let metrics): .metrics(metrics)
        case .note(let sentence): .note(sentence)
        }
    }
}

extension JobRecord {
    fileprivate func succeeded(_ usage: Usage, _ result: RunResult = RunResult(), at time: UnixTime) -> Succeeded {
        // The clock may have been set back since.
        Succeeded(
            usage: usage, queueTime: max(.zero, (startedAt ?? time).duration(since: acceptedAt)),
            totalTime: max(.zero, time.duration(since: acceptedAt)), model: run?.result, metrics: result.metrics,
            checkpoint: run?.checkpoint?.digest)
    }

    mutating func close(with ending: Ending) {
        switch ending {
        case .succeeded(let usage):
            state = .succeeded
            self.usage = usage
        case .ran(let usage, _):
            state = .succeeded
            self.usage = usage
            announcedRows = rows
        case .failed(let error):
            state = .failed
            self.error = error
        case .dead(let error, let lostWorkers):
            state = .dead
            self.error = error
            self.lostWorkers = lostWorkers
        case .cancelled: state = .cancelled
        }
    }
}
