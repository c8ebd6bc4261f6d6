import Messages

extension ServiceError {
    /// The id is taken by a command with other bytes.
    init(conflictOn job: Identifier) {
        self.init(.conflict, "job '\(job)' exists with other content, expected the same bytes", field: "job_id")
    }
}
