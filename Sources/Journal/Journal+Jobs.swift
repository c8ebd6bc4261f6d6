import GRDB
package import JobQueue
package import Messages

extension Journal {
    /// Where the log stands.
    package func head() throws(JournalError) -> LogHead {
        try reading { db in try LogHead(db) }
    }

    /// The job as it stands, or stood when it ended; nil when its id is not known (any more).
    package func job(_ id: Identifier) throws(JournalError) -> JobRecord? {
        try reading { db in try JobRow.find(id, db)?.record }
    }

    /// The newest jobs, in the order of their acceptance backwards.
    package func jobs(state: JobState?, group: Identifier?, limit: Int) throws(JournalError) -> [JobRecord] {
        var terms = ["TRUE"]
        var arguments: StatementArguments = []
        if let state {
            // Its own words, so that SQLite sees that a partial index serves.
            terms.append("state = '\(state.rawValue)'")
            switch state {
            case .queued, .running: terms.append("state IN ('queued', 'running')")
            case .failed, .dead, .cancelled: terms.append("state IN ('failed', 'dead', 'cancelled')")
            case .succeeded, .rejected, .unrecognised: break
            }
        }
        if let group {
            terms.append("client_group = ?")
            arguments += [group.string]
        }
        let sql = """
            SELECT \(JobRow.columns) FROM job WHERE \(terms.joined(separator: " AND ")) ORDER BY job DESC LIMIT ?
            """
        return try reading { db in
            try Row.fetchAll(db, sql: sql, arguments: arguments + [limit]).map { try JobRow($0, db).record }
        }
    }

    /// Gives every open job, in the order of acceptance, with its frame and the rows that wait to be announced.
    ///
    /// One frame at a time is in memory beside what `visit` keeps.
    package func eachOpenJob(_ visit: (OpenJob) -> Void) throws(JournalError) {
        try reading { db in
            let open = try db.makeStatement(
                sql: """
                    SELECT \(JobRow.columns) FROM job WHERE state IN ('queued', 'running') ORDER BY job
                    """)
            let cursor = try Row.fetchCursor(open)
            while let row = try cursor.next() {
                let job = try JobRow(row, db)
                visit(
                    OpenJob(
                        record: job.record, frame: try Self.frame(of: job, db),
                        stored: try Self.unannounced(of: job, db)))
            }
        }
    }

    /// What was told when an open job was accepted, whether or not that event is still kept; nil where none is open.
    package func acceptance(of id: Identifier) throws(JournalError) -> Accepted? {
        try reading { db in
            guard let job = try JobRow.find(id, db), !job.record.state.isTerminal else { return nil }
            return Accepted(of: job.record, frame: try Self.frame(of: job, db))
        }
    }

    private static func frame(of job: JobRow, _ db: Database) throws -> [UInt8] {
        let statement = try db.cachedStatement(sql: "SELECT bytes FROM frame WHERE job = ?")
        guard let row = try Row.fetchOne(statement, arguments: [job.number]) else {
            throw JournalError.damaged("the open job '\(job.record.id)' has no frame")
        }
        return try row.bytes(0)
    }

    private static func unannounced(of job: JobRow, _ db: Database) throws -> [ResultRows] {
        let statement = try db.cachedStatement(
            sql: "SELECT rows FROM result WHERE job = ? AND first_row >= ? ORDER BY first_row")
        return try Row.fetchAll(statement, arguments: [job.number, job.record.announcedRows]).map {
            try $0.resultRows(0)
        }
    }
}
