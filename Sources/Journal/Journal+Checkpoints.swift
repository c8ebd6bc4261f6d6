import GRDB
import JobQueue
package import Messages

/// A checkpoint that is kept no longer, whose bytes may still be in the store.
package struct DiscardedCheckpoint: Sendable {
    package let manifest: Manifest
    let number: Int64
}

extension Journal {
    /// The most that `discardedCheckpoints` gives at once.
    private static let discardedAtOnce = 256

    /// Forgets the checkpoints of a job that has ended, but for those that an open run begins with; where there are none,
    /// nothing happens.
    ///
    /// - Returns: their bytes
    /// - Throws: `unknownJob`; `openJob` for one that has not ended
    package func releaseCheckpoints(of id: Identifier) throws(JournalError) -> Int {
        try writing { db in
            guard let job = try JobRow.find(id, db) else { throw JournalError.unknownJob(id) }
            guard job.record.state.isTerminal else { throw JournalError.openJob(id) }
            return try RunTables(db).release(job.number)
        }
    }

    /// Checkpoints that have been let go, replaced by later ones, or dropped by retention, the oldest first.
    ///
    /// They are given again until they are forgotten: a crash between the two leaves no bytes behind.
    package func discardedCheckpoints() throws(JournalError) -> [DiscardedCheckpoint] {
        try reading { db in
            let statement = try db.cachedStatement(
                sql: "SELECT discarded, manifest FROM discarded ORDER BY discarded LIMIT \(Self.discardedAtOnce)")
            return try Row.fetchAll(statement).map {
                DiscardedCheckpoint(manifest: try Manifest(decoding: $0.bytes(1)), number: $0[0])
            }
        }
    }

    /// Their bytes are gone, or somebody else's.
    package func forget(_ discarded: [DiscardedCheckpoint]) throws(JournalError) {
        guard !discarded.isEmpty else { return }
        try writing { db in
            let delete = try db.cachedStatement(sql: "DELETE FROM discarded WHERE discarded = ?")
            for checkpoint in discarded { try delete.execute(arguments: [checkpoint.number]) }
        }
    }
}
