import Foundation
import GRDB
import JobQueue
import Messages

/// The tables `run`, `run_data` and `checkpoint`: what is kept of a run beside its row in `job`.
struct RunTables {
    private let db: Database

    init(_ db: Database) {
        self.db = db
    }

    func insert(_ run: RunRecord, of job: Int64) throws {
        try db.cachedStatement(sql: "INSERT INTO run VALUES (?, ?, ?, NULL)")
            .execute(arguments: [job, run.name?.string, run.startFrom?.data])
        let insert = try db.cachedStatement(sql: "INSERT INTO run_data VALUES (?, ?, ?, ?)")
        for (position, data) in run.data.enumerated() {
            try insert.execute(arguments: [job, position, data.reference.description, data.digest.data])
        }
    }

    func read(_ job: Int64) throws -> RunRecord {
        let statement = try db.cachedStatement(sql: "SELECT name, start_from, result FROM run WHERE job = ?")
        guard let row = try Row.fetchOne(statement, arguments: [job]) else {
            throw JournalError.damaged("the job number \(job) has no run, expected one")
        }
        let data = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT data_set, manifest FROM run_data WHERE job = ? ORDER BY position"),
            arguments: [job]
        ).map { ModelBinding(reference: try ModelReference($0[0] as String), digest: try $0.digest(1)) }
        var run = RunRecord(
            data: data, name: try (row[0] as String?).map { try ModelName($0) },
            startFrom: row.hasNull(atIndex: 1) ? nil : try row.digest(1))
        run.result = try (row[2] as String?).map { try ModelReference($0) }
        run.checkpoint = try lastCheckpoint(of: job)
        return run
    }

    private func lastCheckpoint(of job: Int64) throws -> Checkpoint? {
        let statement = try db.cachedStatement(
            sql: "SELECT digest, step, is_best FROM checkpoint WHERE job = ? ORDER BY checkpoint DESC LIMIT 1")
        return try Row.fetchOne(statement, arguments: [job]).map {
            Checkpoint(digest: try $0.digest(0), step: $0[1], isBest: $0[2])
        }
    }

    /// Adds a run's newest checkpoint, and forgets those that are neither it, nor the best, nor what an open run begins
    /// with.
    func add(_ saved: SavedCheckpoint, of job: Int64) throws {
        let manifest = saved.manifest
        try db.cachedStatement(
            sql: "INSERT INTO checkpoint (job, step, is_best, bytes, digest, manifest) VALUES (?, ?, ?, ?, ?, ?)"
        ).execute(arguments: [
            job, saved.step, saved.isBest, manifest.byteCount, manifest.digest.data, Data(manifest.encoded()),
        ])
        try db.cachedStatement(
            sql: """
                DELETE FROM checkpoint WHERE job = ?1
                AND checkpoint <> (SELECT max(checkpoint) FROM checkpoint WHERE job = ?1)
                AND checkpoint IS NOT (SELECT max(checkpoint) FROM checkpoint WHERE job = ?1 AND is_best)
                AND \(Self.isNoBeginning)
                """
        ).execute(arguments: [job])
    }

    /// Forgets a run's checkpoints, but for those that an open run begins with.
    ///
    /// - Returns: their bytes
    func release(_ job: Int64) throws -> Int {
        let delete = try db.cachedStatement(
            sql: "DELETE FROM checkpoint WHERE job = ? AND \(Self.isNoBeginning) RETURNING bytes")
        return try Int.fetchAll(delete, arguments: [job]).reduce(0, +)
    }

    /// Whether there is a checkpoint to begin with.
    func hasCheckpoint(_ digest: Digest) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT 1 FROM checkpoint WHERE digest = ? LIMIT 1")
        return try Row.fetchOne(statement, arguments: [digest.data]) != nil
    }

    func setResult(_ model: ModelReference, of job: Int64) throws {
        try db.cachedStatement(sql: "UPDATE run SET result = ? WHERE job = ?").execute(arguments: [
            model.description, job,
        ])
    }

    /// Forgets everything of a job.
    func drop(_ job: Int64) throws {
        for table in ["run", "run_data", "checkpoint"] {
            try db.cachedStatement(sql: "DELETE FROM \(table) WHERE job = ?").execute(arguments: [job])
        }
    }

    /// Of `checkpoint`: no open run begins with it.
    static let isNoBeginning = """
        NOT EXISTS (SELECT 1 FROM run JOIN job USING (job)
        WHERE job.state IN ('queued', 'running') AND run.start_from = checkpoint.digest)
        """
}
