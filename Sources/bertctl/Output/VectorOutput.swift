import Client
import Messages

/// Where vectors go, job by job, in the order of the texts.
protocol VectorOutput {
    /// - Parameter texts: of these rows; empty where they are not known
    func append(_ result: JobResult, texts: [Text], firstRow: Int) throws
    /// Makes the output whole. Without it there is none.
    func finish() throws
}
