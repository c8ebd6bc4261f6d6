public import Messages
import ZeroMQ

/// One service as a client sees it: questions on the control port, with a finite wait for every answer.
///
/// Confined, like everything that is made from it, to the thread that made it.
public final class Client {
    public let server: Server
    /// Who asks: under this name the service takes turns.
    public let clientID: Identifier
    /// How long the service may be silent before a call gives up.
    public let patience: Duration

    let context: Context
    private let control: Control

    /// How long the first connection may take.
    public static let connectTimeout: Duration = .seconds(3)
    public static let defaultPatience: Duration = .seconds(30)

    /// - Throws: `ClientError.noService` at once where nothing listens
    public init(_ server: Server, clientID: Identifier, patience: Duration = defaultPatience) throws(ClientError) {
        self.server = server
        self.clientID = clientID
        self.patience = patience
        try Reachability.check(server, timeout: min(patience, Self.connectTimeout))
        do {
            context = try Context()
            control = try Control(context, server)
        } catch {
            throw .messaging(error.description)
        }
    }
}

extension Client {
    public func status() throws(ClientError) -> ServiceStatus {
        let body = try ask(.status)
        guard case .service(let status) = body else { throw Self.unexpected(body, expected: "service") }
        return status
    }

    public func job(_ jobID: Identifier) throws(ClientError) -> JobSummary {
        let body = try ask(.show(jobID: jobID))
        guard case .job(let job) = body else { throw Self.unexpected(body, expected: "job") }
        return job
    }

    /// Newest first.
    public func jobs(_ list: ListJobs) throws(ClientError) -> [JobSummary] {
        let body = try ask(.list(list))
        guard case .jobs(let jobs) = body else { throw Self.unexpected(body, expected: "jobs") }
        return jobs
    }

    /// Rows of a job's result, and their bytes; checked against their digest.
    public func fetch(_ fetch: Fetch) throws(ClientError) -> (page: Page, tensor: [UInt8]) {
        let answer = try control.ask(.fetch(fetch), wait: fetch.wait, patience: patience)
        guard case .page(let page) = answer.body else { throw Self.unexpected(answer.body, expected: "page") }
        if let rows = page.rows, !rows.match(answer.tensor) {
            throw .unexpected(expected: "the tensor of its digest", found: "\(answer.tensor.count) other bytes")
        }
        return (page, answer.tensor)
    }

    /// Lets go of the checkpoints of a job that has ended, but for those that an open run begins with; the disk has room
    /// for others within seconds.
    ///
    /// - Returns: their bytes; 0 where none was left
    @discardableResult
    public func release(_ jobID: Identifier) throws(ClientError) -> Int {
        let body = try ask(.releaseCheckpoints(of: jobID))
        guard case .released(let byteCount) = body else { throw Self.unexpected(body, expected: "released") }
        return byteCount
    }

    public func replay(_ replay: Replay) throws(ClientError) -> EventsPage {
        let body = try ask(.replay(replay))
        guard case .events(let page) = body else { throw Self.unexpected(body, expected: "events") }
        return page
    }

    func ask(_ body: Request.Body) throws(ClientError) -> Reply.Body {
        try control.ask(body, patience: patience).body
    }

    static func unexpected(_ body: Reply.Body, expected: String) -> ClientError {
        let found = String(describing: body).prefix { $0 != "(" }
        return .unexpected(expected: "'\(expected)'", found: "'\(found)'")
    }
}

extension ResultRows {
    /// Whether `tensor` is as long as the shape says and has the digest.
    func match(_ tensor: [UInt8]) -> Bool {
        tensor.count == tensorByteCount && tokenCounts.count == count && Digest(of: tensor) == digest
    }
}
