import GRDB

/// The prepared statements of a commit, looked up once for all its changes.
struct CommitStatements {
    let findJob: Statement
    let insertJob: Statement
    let updateJob: Statement
    let insertFrame: Statement
    let deleteFrame: Statement
    let insertResult: Statement
    let readTensor: Statement
    let insertEvent: Statement

    init(_ db: Database) throws {
        findJob = try db.cachedStatement(sql: JobRow.findSQL)
        insertJob = try db.cachedStatement(sql: JobRow.insertSQL)
        updateJob = try db.cachedStatement(sql: JobRow.updateSQL)
        insertFrame = try db.cachedStatement(sql: "INSERT INTO frame VALUES (?, ?)")
        deleteFrame = try db.cachedStatement(sql: "DELETE FROM frame WHERE job = ?")
        insertResult = try db.cachedStatement(
            sql: """
                INSERT INTO result (job, first_row, bytes, object, rows, tensor) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (job, first_row) DO NOTHING
                """)
        readTensor = try db.cachedStatement(sql: "SELECT tensor FROM result WHERE job = ? AND first_row = ?")
        insertEvent = try db.cachedStatement(sql: "INSERT INTO event VALUES (?, ?, ?, ?)")
    }
}
