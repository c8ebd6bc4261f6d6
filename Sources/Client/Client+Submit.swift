public import Messages

extension Client {
    /// - Returns: `nil` where the service knows no job of this id
    public func find(_ jobID: Identifier) throws(ClientError) -> JobSummary? {
        do { return try job(jobID) } catch .refused(let error) where error.code == .unknownJob { return nil } catch {
            throw error
        }
    }

    /// Pushes a single command until the service has the job on its disk, and leaves it to its fate.
    ///
    /// - Throws: `ClientError.refused` when the service rejects it for good
    public func submit(_ command: Command) throws(ClientError) -> JobSummary {
        let frame = command.encoded()
        guard frame.count <= Limits.maxCommandBytes else {
            throw .tooLarge(byteCount: frame.count, limit: Limits.maxCommandBytes)
        }
        let subscription = try Subscription(self, group: command.group, job: command.jobID, results: false)
        let push = try CommandSocket(self)
        let deadline = ContinuousClock.now + patience
        var nextPush = ContinuousClock.now
        while ContinuousClock.now < deadline {
            if ContinuousClock.now >= nextPush {
                try push.send(frame)
                nextPush = .now + Outbox.firstDelay
            }
            guard case .event(let event, _) = try subscription.receive(timeout: .milliseconds(100)),
                event.address?.jobID == command.jobID
            else { continue }
            guard case .rejected(let error) = event.body else { return try job(command.jobID) }
            guard error.isRetryable else { throw .refused(error) }
            nextPush = .now + max(error.retryAfter ?? .seconds(1), Outbox.firstDelay)
        }
        throw .silent(server, for: patience, awaited: "job '\(command.jobID)' to be accepted")
    }
}
