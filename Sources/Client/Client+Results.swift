public import Messages

extension Client {
    /// Fetches the rows that `result` lacks of a job that succeeded.
    public func complete(_ result: inout JobResult, of jobID: Identifier) throws(ClientError) {
        while !result.isComplete {
            let missing = result.rowCount - result.nextRow
            let (page, tensor) = try fetch(Fetch(jobID: jobID, firstRow: result.nextRow, count: missing))
            guard let rows = page.rows, result.append(rows, tensor: tensor) else {
                throw .unexpected(
                    expected: "row \(result.nextRow) of job '\(jobID)'",
                    found: page.rows.map { "rows from \($0.firstRow)" } ?? "none (\(page.job.state.rawValue))")
            }
        }
    }

    /// Ends a job early; whether it did shows in its events, and in `job`.
    public func cancel(_ job: JobSummary, reason: String?) throws(ClientError) -> JobSummary {
        try cancel(job.address, reason: reason)
    }

    /// Ends a job early; whether it did shows in its events, and in `job`.
    public func cancel(_ address: JobAddress, reason: String?) throws(ClientError) -> JobSummary {
        let subscription = try Subscription(self, group: address.group, job: address.jobID, results: false)
        let command = Command(address: address, priority: .interactive, body: .cancel(reason: reason))
        let push = try CommandSocket(self)
        let deadline = ContinuousClock.now + patience
        while ContinuousClock.now < deadline {
            try push.send(command.encoded())
            _ = try subscription.receive(timeout: .milliseconds(500))
            let now = try self.job(address.jobID)
            if now.state.isTerminal { return now }
        }
        throw .silent(server, for: patience, awaited: "job '\(address.jobID)' to end")
    }
}
