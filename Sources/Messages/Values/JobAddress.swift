/// Whom a job's events concern: who asked, what a subscriber follows, and the job.
public struct JobAddress: Hashable, Sendable {
    public let clientID: Identifier
    public let group: Identifier
    public let jobID: Identifier

    /// - Parameter group: the client's id where it is nil
    public init(clientID: Identifier, group: Identifier? = nil, jobID: Identifier) {
        self.clientID = clientID
        self.group = group ?? clientID
        self.jobID = jobID
    }
}
