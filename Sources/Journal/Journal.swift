package import Foundation
import GRDB
import Messages
package import Store

/// The durable record of jobs, their results, what was told of them, and the names of models.
///
/// SQLite in WAL mode with `synchronous = FULL`: when `commit` returns, power may fail. One connection writes; reads
/// take a snapshot on connections of their own and wait for nobody. Every method may be called from any thread and
/// waits for the disk. Nobody else in the program speaks SQL.
package final class Journal: Sendable {
    /// Random, made with the journal: another one means that the log is another one.
    package let logID: UInt64
    /// How often the folder has been started, this start included; durable before `init` returns.
    package let boot: UInt32
    let store: Store
    let pool: DatabasePool
    private let lock: StateLock
    private let path: String

    /// Opens the journal in `folder`, which is made if it is not there; nobody but its owner may look in.
    ///
    /// - Parameters:
    ///   - store: where tensors beyond `Limits.inlineResultBytes` go
    ///   - pageLimit: the most pages of 4 KiB that the database may have; nil: as many as the disk holds
    /// - Throws: `inUse`, `networkFileSystem`, `newerVersion`, `damaged`, `storageFull` among others
    package init(folder: URL, store: Store, pageLimit: Int? = nil) throws(JournalError) {
        try Self.prepare(folder)
        lock = try StateLock(folder: folder)
        path = folder.appending(path: "journal.sqlite").path
        self.store = store
        do {
            pool = try DatabasePool(path: path, configuration: Self.configuration)
            (logID, boot) = try pool.writeWithoutTransaction { db in
                try Self.setUp(db, pageLimit: pageLimit)
                return try Self.start(db)
            }
        } catch {
            throw JournalError(error)
        }
    }

    /// Bytes of the database and its write-ahead log on disk.
    package var fileBytes: Int {
        Self.bytes(of: path) + Self.bytes(of: path + "-wal")
    }

    private static func bytes(of path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Moves what is in the write-ahead log into the database, as far as no reader needs the old state; to be called
    /// when there is nothing to commit. Under load SQLite does it within a commit when the log has 32 MiB.
    package func checkpoint() throws(JournalError) {
        do {
            try pool.writeWithoutTransaction { db in
                let (frames, moved) = try db.checkpoint(.passive)
                // A long log that is all moved gives its disk back, unless somebody still reads from it.
                guard moved == frames, Self.bytes(of: path + "-wal") > Self.longLog else { return }
                do { _ = try db.checkpoint(.truncate) } catch DatabaseError.SQLITE_BUSY {}
            }
        } catch {
            throw JournalError(error)
        }
    }

    private static let longLog = 4 << 20

    /// Runs `body` in a transaction on the one connection that writes.
    func writing<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
        do { return try pool.write(body) } catch { throw JournalError(error) }
    }

    /// Runs `body` on a snapshot.
    func reading<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
        do { return try pool.read(body) } catch { throw JournalError(error) }
    }
}
