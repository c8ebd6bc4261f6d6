import Foundation
import GRDB
import JobQueue
import Messages

/// One row of the table `job`: the record, and what only the journal keeps of it.
struct JobRow {
    let number: Int64
    var record: JobRecord
    /// Committed events of the job: the last `job_seq`.
    var events = 0
    /// Bytes of its tensors that are kept.
    var resultBytes = 0

    init(number: Int64, record: JobRecord) {
        self.number = number
        self.record = record
    }

    static let columns = """
        job, id, client, client_group, priority, digest, model, manifest, row_count, notices_only, per_token, \
        accepted_us, state, started_us, finished_us, lost_workers, announced_rows, events, result_bytes, \
        usage_rows, usage_tokens, usage_text_bytes, usage_truncated_rows, usage_rejected_rows, \
        usage_compute_us, error, failed_tries, kind
        """

    /// Reads the columns in the order of `columns`, and of a run what its own tables have.
    init(_ row: Row, _ db: Database) throws {
        number = row[0]
        let address = JobAddress(
            clientID: try Identifier(row[2]), group: try Identifier(row[3]), jobID: try Identifier(row[1]))
        let model = ModelBinding(reference: try ModelReference(row[6] as String), digest: try row.digest(7))
        record = JobRecord(
            address: address, priority: try row.word(4), kind: try row.word(27), digest: try row.digest(5),
            model: model, rows: row[8],
            noticesOnly: row[9], perToken: row[10], acceptedAt: UnixTime(microseconds: row[11]))
        record.state = try row.word(12)
        record.startedAt = (row[13] as Int64?).map(UnixTime.init(microseconds:))
        record.finishedAt = (row[14] as Int64?).map(UnixTime.init(microseconds:))
        record.lostWorkers = row[15]
        record.announcedRows = row[16]
        events = row[17]
        resultBytes = row[18]
        record.usage = Usage(
            rows: row[19], tokens: row[20], textBytes: row[21], truncatedRows: row[22], rejectedRows: row[23],
            computeTime: .microseconds(row[24] as Int64))
        record.error = try row.error(25)
        record.failedTries = row[26]
        if record.workerClass == .training { record.run = try RunTables(db).read(number) }
    }

    static let findSQL = "SELECT \(columns) FROM job WHERE id = ?"

    static func find(_ id: Identifier, _ db: Database) throws -> JobRow? {
        try find(id, db.cachedStatement(sql: findSQL), db)
    }

    /// - Parameter statement: `findSQL`
    static func find(_ id: Identifier, _ statement: Statement, _ db: Database) throws -> JobRow? {
        try Row.fetchOne(statement, arguments: [id.string]).map { try JobRow($0, db) }
    }

    static let insertSQL = """
        INSERT INTO job (\(columns)) VALUES (?\(String(repeating: ", ?", count: 27))) ON CONFLICT (id) DO NOTHING
        """

    /// Writes a new row, and of a run what it reads.
    ///
    /// - Parameter statement: `insertSQL`
    /// - Returns: false where the id is taken, and nothing is written
    func insert(_ statement: Statement, _ db: Database) throws -> Bool {
        let address = record.address
        let fixed: StatementArguments = [
            number, address.jobID.string, address.clientID.string, address.group.string, record.priority.rawValue,
            record.digest.data, record.model.reference.description, record.model.digest.data, record.rows,
            record.noticesOnly, record.perToken, record.acceptedAt.microseconds,
        ]
        try statement.execute(arguments: fixed + variable + [record.kind.rawValue])
        guard db.changesCount == 1 else { return false }
        if let run = record.run { try RunTables(db).insert(run, of: number) }
        return true
    }

    static let updateSQL = """
        UPDATE job SET state = ?, started_us = ?, finished_us = ?, lost_workers = ?, announced_rows = ?, events = ?,
        result_bytes = ?, usage_rows = ?, usage_tokens = ?, usage_text_bytes = ?, usage_truncated_rows = ?,
        usage_rejected_rows = ?, usage_compute_us = ?, error = ?, failed_tries = ?
        WHERE job = ? AND state IN ('queued', 'running')
        """

    /// Writes what changes in the life of a job. A terminal row never changes.
    ///
    /// - Parameter statement: `updateSQL`
    func update(_ statement: Statement, _ db: Database) throws {
        try statement.execute(arguments: variable + [number])
        guard db.changesCount == 1 else {
            throw JournalError.damaged("the job '\(record.id)' was open in this transaction and is no longer")
        }
    }

    private var variable: StatementArguments {
        let usage = record.usage
        return [
            record.state.rawValue, record.startedAt?.microseconds, record.finishedAt?.microseconds, record.lostWorkers,
            record.announcedRows, events, resultBytes, usage.rows, usage.tokens, usage.textBytes, usage.truncatedRows,
            usage.rejectedRows, usage.computeTime.microseconds, record.error.map(Self.frame), record.failedTries,
        ]
    }

    /// An error is kept as the frame of an event that tells it, the one encoding it has.
    private static func frame(of error: ServiceError) -> Data {
        Data(Event(logID: 0, time: UnixTime(microseconds: 0), body: .failed(error)).encoded())
    }
}
