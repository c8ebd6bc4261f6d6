import Foundation
import GRDB
import JobQueue
import Messages

/// The changes of one transaction, applied to the tables.
///
/// A job's row is read once, changed in memory by everything that the batch has to say of it, and written back once.
struct CommitBatch {
    private let db: Database
    private let statements: CommitStatements
    private let logID: UInt64
    private let time: UnixTime
    private var head: LogHead
    private var jobs: [Identifier: JobRow] = [:]
    private var changed: Set<Identifier> = []
    /// Inline tensors that came with this batch, so that announcing them reads nothing back.
    private var tensors: [ChunkName: [UInt8]] = [:]

    private struct ChunkName: Hashable {
        let job: Int64
        let firstRow: Int
    }

    init(_ db: Database, logID: UInt64, at time: UnixTime) throws {
        self.db = db
        self.logID = logID
        self.time = time
        head = try LogHead(db)
        statements = try CommitStatements(db)
    }

    /// - Parameter object: the name of the tensor in the store, for rows that went there
    mutating func apply(_ change: Change, object: Digest?) throws -> Outcome {
        switch change {
        case .accept(let record, let frame): return try accept(record, frame)
        case .start(let id, let worker):
            return try tell(id, .started(workerID: worker)) { record, time in
                record.state = .running
                record.startedAt = time
            }
        case .store(let id, let rows): return try store(id, rows, object: object)
        case .announce(let id, let rows, let noticesOnly): return try announce(id, rows, noticesOnly: noticesOnly)
        case .countLoss(let ids):
            for id in ids { try setLosses(of: id) { $0 + 1 } }
            return .done
        case .clearLosses(let id):
            try setLosses(of: id) { _ in 0 }
            return .done
        case .setFailedTries(let id, let count):
            try setFailedTries(of: id, to: count)
            return .done
        case .tell(let id, let news): return try tell(id, news.body) { _, _ in }
        case .checkpoint(let id, let saved): return try keep(saved, of: id)
        case .finish(let id, .ran(let usage, let result)): return try finish(id, usage, result)
        case .finish(let id, let ending): return try finish(id, ending)
        }
    }

    /// Writes back the rows that changed, and where the log stands now.
    func flush() throws {
        for id in changed { try jobs[id]?.update(statements.updateJob, db) }
        try head.write(db)
    }

    // MARK: The changes

    private mutating func accept(_ record: JobRecord, _ frame: [UInt8]) throws -> Outcome {
        var row = JobRow(number: head.lastJob + 1, record: record)
        row.events = 1
        if let start = record.run?.startFrom, try job(record.id) == nil, try !RunTables(db).hasCheckpoint(start) {
            return .refused(
                ServiceError(
                    .unknownObject, "no checkpoint has the digest \(start), or it is no longer kept",
                    field: "fine_tune.start_from"))
        }
        guard jobs[record.id] == nil, try row.insert(statements.insertJob, db) else {
            guard let known = try job(record.id) else {
                throw JournalError.damaged("the id '\(record.id)' is taken by no job")
            }
            return .known(known.record, sameDigest: known.record.digest == record.digest)
        }
        head.lastJob += 1
        head.jobs += 1
        try statements.insertFrame.execute(arguments: [row.number, Data(frame)])
        let body = Event.Body.accepted(Accepted(of: record, frame: frame))
        jobs[record.id] = row
        return .event(try append(body, row), tensor: nil)
    }

    private mutating func store(_ id: Identifier, _ stored: StoredRows, object: Digest?) throws -> Outcome {
        guard var row = try openJob(id) else { return .done }
        let frame = Event(logID: logID, time: time, body: .result(stored.rows)).encoded()
        try statements.insertResult.execute(arguments: [
            row.number, stored.rows.firstRow, stored.tensor.count, object?.data, Data(frame),
            object == nil ? Data(stored.tensor) : nil,
        ])
        guard db.changesCount == 1 else { return .done }
        row.record.usage += stored.usage
        row.resultBytes += stored.tensor.count
        head.resultBytes += stored.tensor.count
        if object == nil { tensors[ChunkName(job: row.number, firstRow: stored.rows.firstRow)] = stored.tensor }
        change(id, to: row)
        return .done
    }

    private mutating func announce(_ id: Identifier, _ rows: ResultRows, noticesOnly: Bool) throws -> Outcome {
        guard let row = try openJob(id) else { return .done }
        precondition(
            row.record.announcedRows == rows.firstRow,
            "rows \(rows.firstRow) of '\(id)' are announced, expected \(row.record.announcedRows)")
        // The outcomes, like the tensor, are for those to fetch who asked for notices.
        var told = rows
        if noticesOnly { told.outcomes = [] }
        let tensor = try inlineTensor(of: ChunkName(job: row.number, firstRow: rows.firstRow), job: id)
        return try tell(id, .result(told), tensor: noticesOnly ? nil : tensor) { record, _ in
            record.announcedRows += rows.count
        }
    }

    /// - Throws: `damaged` where the rows are not stored
    private func inlineTensor(of chunk: ChunkName, job id: Identifier) throws -> [UInt8]? {
        if let tensor = tensors[chunk] { return tensor }
        guard let row = try Row.fetchOne(statements.readTensor, arguments: [chunk.job, chunk.firstRow]) else {
            throw JournalError.damaged("rows from \(chunk.firstRow) of '\(id)' are to be announced, but not stored")
        }
        return row.hasNull(atIndex: 0) ? nil : try row.bytes(0)
    }

    private mutating func setLosses(of id: Identifier, to count: (Int) -> Int) throws {
        guard var row = try openJob(id) else { return }
        row.record.lostWorkers = count(row.record.lostWorkers)
        change(id, to: row)
    }

    private mutating func setFailedTries(of id: Identifier, to count: Int) throws {
        guard var row = try openJob(id) else { return }
        row.record.failedTries = count
        change(id, to: row)
    }

    private mutating func finish(_ id: Identifier, _ ending: Ending) throws -> Outcome {
        guard let row = try openJob(id) else { return .done }
        try statements.deleteFrame.execute(arguments: [row.number])
        return try tell(id, ending.body(of: row.record, at: time)) { record, time in
            record.finishedAt = time
            record.close(with: ending)
        }
    }

    private mutating func keep(_ saved: SavedCheckpoint, of id: Identifier) throws -> Outcome {
        guard let row = try openJob(id) else { return .done }
        try RunTables(db).add(saved, of: row.number)
        return try tell(id, .checkpoint(saved.checkpoint)) { record, _ in record.run?.checkpoint = saved.checkpoint }
    }

    /// The end of a run, and the name of its model: who hears of the one finds the other.
    private mutating func finish(_ id: Identifier, _ usage: Usage, _ result: RunResult) throws -> Outcome {
        guard var row = try openJob(id) else { return .done }
        guard let name = row.record.run?.name, let manifest = result.model else {
            return try finish(id, .ran(usage, result))
        }
        let model = try Registry(.model, db).register(name, manifest, at: time)
        try RunTables(db).setResult(model.reference, of: row.number)
        row.record.run?.result = model.reference
        change(id, to: row)
        guard case .event(let event, _) = try finish(id, .ran(usage, result)) else { return .done }
        return .registered(model, event)
    }

    // MARK: What they share

    /// The job as it stands after the changes so far.
    private mutating func job(_ id: Identifier) throws -> JobRow? {
        if let row = jobs[id] { return row }
        let row = try JobRow.find(id, statements.findJob, db)
        jobs[id] = row
        return row
    }

    /// Nil where the job has ended, or is not known: then nothing is to change.
    private mutating func openJob(_ id: Identifier) throws -> JobRow? {
        guard let row = try job(id), !row.record.state.isTerminal else { return nil }
        return row
    }

    private mutating func change(_ id: Identifier, to row: JobRow) {
        jobs[id] = row
        changed.insert(id)
    }

    /// Changes an open job and commits the event that tells of it.
    private mutating func tell(
        _ id: Identifier, _ body: Event.Body, tensor: [UInt8]? = nil, _ edit: (inout JobRecord, UnixTime) -> Void
    ) throws -> Outcome {
        guard var row = try openJob(id) else { return .done }
        edit(&row.record, time)
        row.events += 1
        change(id, to: row)
        return .event(try append(body, row), tensor: tensor)
    }

    private mutating func append(_ body: Event.Body, _ row: JobRow) throws -> Event {
        head.lastSeq += 1
        let event = Event(
            logID: logID, seq: head.lastSeq, jobSeq: row.events, time: time, address: row.record.address, body: body)
        try statements.insertEvent.execute(
            arguments: [head.lastSeq, row.number, time.microseconds, Data(event.encoded())])
        return event
    }
}
