import Client
import Messages

/// A run as one job, whose id derives from all that it is to do: the same command given again finds the same run.
struct TrainingJob {
    let work: Work
    let group: Identifier

    /// How often a run that has failed or was cancelled is begun anew under another id.
    private static let attempts = 100

    /// Submits it, or finds what became of it: a run that is under way or was done is not begun again.
    ///
    /// - Returns: the job, and whether it was there before
    func submit(to client: Client) throws -> (job: JobSummary, wasThere: Bool) {
        for attempt in 0..<Self.attempts {
            let command = try command(attempt: attempt, of: client.clientID)
            guard let job = try client.find(command.jobID) else { return (try client.submit(command), false) }
            switch job.state {
            case .failed, .dead, .cancelled, .rejected: continue
            case .succeeded:
                if try isKept(job, by: client) { return (job, true) }
            default: return (job, true)
            }
        }
        throw Failure.jobEnded("this run has ended without success \(Self.attempts) times; change its seed")
    }

    /// Whether the model that it made, if it made one, is still there.
    private func isKept(_ job: JobSummary, by client: Client) throws -> Bool {
        guard let model = job.result else { return true }
        return try client.models(named: model.name).contains { $0.version == model.version }
    }

    private func command(attempt: Int, of clientID: Identifier) throws -> Command {
        func command(_ id: Identifier) -> Command {
            let address = JobAddress(clientID: clientID, group: group, jobID: id)
            return Command(address: address, priority: .bulk, body: .work(work))
        }
        let prefix = work.kind == .evaluate ? "evaluate" : "finetune"
        return command(try JobName.of(command(try Identifier("-")), prefix: prefix, salt: "\(attempt)"))
    }
}
