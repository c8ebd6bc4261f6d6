import GRDB

/// Where the log stands.
package struct LogHead: Sendable, Equatable {
    /// The oldest event that is kept; one more than `lastSeq` where none is.
    package internal(set) var firstSeq: Int
    package internal(set) var lastSeq: Int
    /// Jobs whose ids are known, open or not.
    package internal(set) var jobs: Int
    /// Bytes of all tensors that are kept.
    package internal(set) var resultBytes: Int
    /// The number of the newest row of the table `job`; it is never given twice.
    var lastJob: Int64

    init(_ db: Database) throws {
        let row = try Row.fetchOne(
            db.cachedStatement(sql: "SELECT first_seq, last_seq, jobs, result_bytes, last_job FROM log"))
        guard let row else { throw JournalError.damaged("the table 'log' is empty, expected one row") }
        firstSeq = row[0]
        lastSeq = row[1]
        jobs = row[2]
        resultBytes = row[3]
        lastJob = row[4]
    }

    func write(_ db: Database) throws {
        try db.cachedStatement(
            sql: "UPDATE log SET first_seq = ?, last_seq = ?, jobs = ?, result_bytes = ?, last_job = ?"
        ).execute(arguments: [firstSeq, lastSeq, jobs, resultBytes, lastJob])
    }
}
