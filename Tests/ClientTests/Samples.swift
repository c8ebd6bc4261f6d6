import Client
import Messages

/// Commands and events that the tests exchange.
enum Sample {
    static func command(_ job: String = "job", texts: [Text] = ["a", "b"]) throws -> Command {
        let address = try JobAddress(clientID: Identifier("me"), group: Identifier("g"), jobID: Identifier(job))
        return Command(address: address, body: .work(.embed(Embed(model: try ModelReference("m@1"), texts: texts))))
    }

    static func event(_ seq: Int, _ jobSeq: Int, of command: Command, replayed: Bool = false, _ body: Event.Body)
        -> Event
    {
        Event(
            logID: 7, seq: 100 + seq, jobSeq: jobSeq, time: UnixTime(microseconds: 0), address: command.address,
            isReplayed: replayed, body: body)
    }

    static func rejection(_ code: ErrorCode, of command: Command, retryAfter: Duration? = nil) -> Event {
        Event(
            logID: 7, lastSeq: 100, time: UnixTime(microseconds: 0), address: command.address,
            body: .rejected(ServiceError(code, "no", retryAfter: retryAfter)))
    }

    /// One row of two numbers, and its bytes.
    static func row(_ row: Int) -> (ResultRows, [UInt8]) {
        let tensor = [UInt8](repeating: UInt8(row), count: 8)
        let rows = ResultRows(
            firstRow: row, count: 1, elementType: .float32, shape: [1, 2], digest: Digest(of: tensor), tokenCounts: [3])
        return (rows, tensor)
    }

    static let succeeded = Event.Body.succeeded(Succeeded(usage: Usage(), queueTime: .zero, totalTime: .zero))

    static func summary(_ command: Command, _ state: JobState) -> JobSummary {
        JobSummary(
            address: command.address, kind: "embed", model: nil, priority: .bulk, state: state, rows: 2, rowsDone: 2,
            acceptedAt: UnixTime(microseconds: 0), finishedAt: nil, lostWorkers: 0, error: nil)
    }
}
