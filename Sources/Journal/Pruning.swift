import GRDB
import Messages

/// One small step of retention inside a transaction. Each `drop` tells whether it dropped something.
struct Pruning {
    /// What one step drops at most.
    private static let chunks = 512
    private static let chunkBytes = 32 << 20
    private static let events = 2048
    private static let jobs = 512
    /// Pages of 4 KiB given back in one step.
    private static let pages = 2048

    private let db: Database
    private let now: UnixTime
    private let limits: Retention
    private var head: LogHead

    init(_ db: Database, now: UnixTime, limits: Retention) throws {
        self.db = db
        self.now = now
        self.limits = limits
        head = try LogHead(db)
    }

    func flush() throws { try head.write(db) }

    /// Results of the jobs that ended first, when they are too old or all results are too many.
    mutating func dropResults() throws -> Bool {
        var chunks = 0
        let before = head.resultBytes
        while chunks < Self.chunks, before - head.resultBytes < Self.chunkBytes, let job = try jobWithOldResult() {
            chunks += try dropChunks(of: job, atMost: Self.chunks - chunks)
        }
        return chunks > 0
    }

    private func jobWithOldResult() throws -> Int64? {
        let kept = try db.cachedStatement(
            sql: """
                SELECT job, finished_us FROM job WHERE finished_us IS NOT NULL AND result_bytes > 0
                ORDER BY finished_us LIMIT 1
                """)
        guard let job = try Row.fetchOne(kept) else { return nil }
        return isPast(job[1], limits.resultAge) || head.resultBytes > limits.resultBytes ? job[0] : nil
    }

    /// - Returns: how many were dropped, at least one
    private mutating func dropChunks(of job: Int64, atMost count: Int) throws -> Int {
        let delete = try db.cachedStatement(
            sql: """
                DELETE FROM result WHERE result IN (SELECT result FROM result WHERE job = ? LIMIT ?) RETURNING bytes
                """)
        let byteCounts = try Int.fetchAll(delete, arguments: [job, count])
        guard !byteCounts.isEmpty else {
            throw JournalError.damaged("the job number \(job) has no result, expected one")
        }
        let byteCount = byteCounts.reduce(0, +)
        head.resultBytes -= byteCount
        try db.cachedStatement(sql: "UPDATE job SET result_bytes = result_bytes - ? WHERE job = ?")
            .execute(arguments: [byteCount, job])
        return byteCounts.count
    }

    /// Checkpoints of the run that ended first, when they are too old or all of ended runs are too many.
    func dropCheckpoints() throws -> Bool {
        let ended = "FROM checkpoint JOIN job USING (job) WHERE finished_us IS NOT NULL AND \(RunTables.isNoBeginning)"
        let first = try db.cachedStatement(
            sql: "SELECT job, finished_us, (SELECT sum(bytes) \(ended)) \(ended) ORDER BY finished_us LIMIT 1")
        guard let row = try Row.fetchOne(first), case let byteCount:Int = row[2],
            isPast(row[1], limits.resultAge) || byteCount > limits.resultBytes
        else { return false }
        try db.cachedStatement(sql: "DELETE FROM checkpoint WHERE job = ? AND \(RunTables.isNoBeginning)")
            .execute(arguments: [row[0] as Int64])
        return true
    }

    /// The oldest events, up to the first that is young enough: what is kept has no gap.
    mutating func dropEvents() throws -> Bool {
        let oldest = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT seq, time_us FROM event WHERE seq >= ? ORDER BY seq LIMIT ?"),
            arguments: [head.firstSeq, Self.events])
        guard let last = oldest.prefix(while: { isPast($0[1], limits.eventAge) }).last else { return false }
        try dropEvents(through: last[0])
        return true
    }

    private mutating func dropEvents(through seq: Int) throws {
        try db.cachedStatement(sql: "DELETE FROM event WHERE seq <= ?").execute(arguments: [seq])
        head.firstSeq = max(head.firstSeq, seq + 1)
    }

    /// The ids of the jobs that ended first, when they are too old or too many.
    mutating func dropJobs() throws -> Bool {
        let excess = max(0, head.jobs - limits.idCount)
        let finished = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT job, finished_us FROM job WHERE finished_us IS NOT NULL ORDER BY finished_us LIMIT ?"),
            arguments: [Self.jobs])
        let old = finished.enumerated().prefix { $0 < excess || isPast($1[1], limits.idAge) }.map { $1[0] as Int64 }
        for job in old { try drop(job) }
        head.jobs -= old.count
        return !old.isEmpty
    }

    /// A job with all that is its own. An event of it that is still kept would name what nobody knows any more: the log
    /// begins after it.
    private mutating func drop(_ job: Int64) throws {
        let last = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT max(seq) FROM event WHERE job = ?"), arguments: [job])
        if let last { try dropEvents(through: last) }
        let bytes = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT sum(bytes) FROM result WHERE job = ?"), arguments: [job])
        head.resultBytes -= bytes ?? 0
        try db.cachedStatement(sql: "DELETE FROM result WHERE job = ?").execute(arguments: [job])
        try RunTables(db).drop(job)
        try db.cachedStatement(sql: "DELETE FROM job WHERE job = ?").execute(arguments: [job])
    }

    private func isPast(_ microseconds: Int64, _ age: Duration) -> Bool {
        UnixTime(microseconds: microseconds).advanced(by: age) < now
    }

    /// Gives pages back to the file system when a quarter of the file is free and more than 16 MiB: less than that the
    /// next jobs will fill again.
    static func vacuum(_ db: Database) throws -> Bool {
        let free = try db.freePageCount
        guard free > 4096, try free > db.pageCount / 4 else { return false }
        // Each row that the statement steps through is a page given back.
        _ = try Row.fetchAll(db, sql: "PRAGMA incremental_vacuum(\(pages))")
        return true
    }
}
