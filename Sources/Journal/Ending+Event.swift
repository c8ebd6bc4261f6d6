import JobQueue
import Messages

extension Ending {
    /// The event that tells of it.
    func body(of record: JobRecord, at time: UnixTime) -> Event.Body {
        switch self {
        case .succeeded(let usage):
            // The clock may have been set back since.
            .succeeded(
                Succeeded(
                    usage: usage, queueTime: max(.zero, (record.startedAt ?? time).duration(since: record.acceptedAt)),
                    totalTime: max(.zero, time.duration(since: record.acceptedAt))))
        case .failed(let error): .failed(error)
        case .dead(let error, let lostWorkers): .dead(error, lostWorkers: lostWorkers)
        case .cancelled(let reason): .cancelled(reason: reason)
        }
    }
}

extension JobRecord {
    mutating func close(with ending: Ending) {
        switch ending {
        case .succeeded(let usage):
            state = .succeeded
            self.usage = usage
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
