import Foundation
import GRDB

extension Journal {
    /// Makes the folder, for its owner alone, and refuses a disk of another machine.
    static func prepare(_ folder: URL) throws(JournalError) {
        let mounts: String
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path)
            mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
        } catch {
            throw .folder(path: folder.path, reason: error.localizedDescription)
        }
        let kind = FileSystems(mounts: mounts).kind(of: folder.resolvingSymlinksInPath().path)
        if let kind, FileSystems.isRemote(kind) { throw .networkFileSystem(folder: folder.path, kind: kind) }
    }

    static var configuration: Configuration {
        var configuration = Configuration()
        configuration.label = "journal"
        configuration.prepareDatabase { db in
            guard !db.configuration.readonly else { return }
            // Takes effect before the first table alone, and before the database enters WAL mode.
            try db.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
        }
        return configuration
    }

    /// What holds for the writing connection; GRDB sets `synchronous = NORMAL` when it enters WAL mode.
    static func setUp(_ db: Database, pageLimit: Int?) throws {
        try db.execute(sql: "PRAGMA synchronous = FULL")
        let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous")
        guard synchronous == 2 else {
            throw JournalError.database("PRAGMA synchronous reads \(synchronous ?? -1), expected 2 (FULL)")
        }
        try Schema.migrate(db)
        if try db.pageCount <= quickCheckPages { try check(db) }
        // Pages of 4 KiB: 32 MiB.
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 8192")
        // A log that once was long is cut back to 64 MiB.
        _ = try Int.fetchOne(db, sql: "PRAGMA journal_size_limit = 67108864")
        if let pageLimit { _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(pageLimit)") }
    }

    /// Counts the start, and makes the log's row at the first.
    static func start(_ db: Database) throws -> (logID: UInt64, boot: UInt32) {
        var started: (logID: UInt64, boot: UInt32)?
        try db.inTransaction(.immediate) {
            try db.execute(
                sql: "INSERT OR IGNORE INTO log VALUES (1, ?, 0, 1, 0, 0, 0, 0)",
                arguments: [Int64.random(in: .min ... .max)])
            guard let row = try Row.fetchOne(db, sql: "SELECT log_id, boot FROM log") else { return .rollback }
            let logID: Int64 = row[0]
            let boot: Int64 = row[1]
            guard boot >= 0, boot < Int64(UInt32.max) else { throw JournalError.bootsExhausted }
            try db.execute(sql: "UPDATE log SET boot = boot + 1")
            started = (UInt64(bitPattern: logID), UInt32(boot + 1))
            return .commit
        }
        guard let started else { throw JournalError.damaged("the table 'log' is empty, expected one row") }
        return started
    }

    /// A database of up to 64 MiB is looked through at every start; a longer one would hold the start up.
    private static let quickCheckPages = 16_384

    private static func check(_ db: Database) throws {
        let found = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "nothing"
        guard found == "ok" else { throw JournalError.damaged(found) }
    }
}

extension Database {
    /// Pages of the database, free ones included.
    var pageCount: Int {
        get throws { try Int.fetchOne(self, sql: "PRAGMA page_count") ?? 0 }
    }

    /// Pages that hold nothing.
    var freePageCount: Int {
        get throws { try Int.fetchOne(self, sql: "PRAGMA freelist_count") ?? 0 }
    }
}
