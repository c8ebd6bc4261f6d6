import Client
import Messages

/// Where results go, job by job, in the order of the rows.
protocol RowOutput {
    /// - Parameter rows: that went in; empty where they are not known
    func append(_ result: JobResult, rows: [InputRow], firstRow: Int) throws
    /// Makes the output whole. Without it there is none.
    func finish() throws
}
