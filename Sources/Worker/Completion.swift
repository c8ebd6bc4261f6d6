import Messages

/// What a thread of the worker hands back to the one that owns the socket.
enum Completion: Sendable {
    case loaded(Digest, Result<ServedModel, LeaseFailure>)
    case prepared(Scheduler.Preparation, Result<PreparedRows, ServiceError>)
    case computed(MicroBatch, Result<[RowYield?], ServiceError>, in: Duration)
}

/// Rows after tokenization, and the form that their results will have.
package struct PreparedRows: Sendable {
    package let rows: [PreparedRow]
    package let form: ResultForm

    package init(rows: [PreparedRow], form: ResultForm) {
        self.rows = rows
        self.form = form
    }
}
