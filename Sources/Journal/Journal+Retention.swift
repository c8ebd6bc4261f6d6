import GRDB
package import Messages

extension Journal {
    /// Drops a little of what need not be kept any longer: results, checkpoints, then events, then ids; then gives free pages back.
    ///
    /// Texts are not among it: a frame goes when its job ends. One call is one short transaction, so that commits are
    /// not held up.
    ///
    /// - Returns: whether there is more to do
    package func prune(at now: UnixTime, _ limits: Retention = Retention()) throws(JournalError) -> Bool {
        let (dropped, vacuumed) = try writing { db in
            var pruning = try Pruning(db, now: now, limits: limits)
            let dropped =
                try pruning.dropResults() || pruning.dropCheckpoints() || pruning.dropEvents() || pruning.dropJobs()
            try pruning.flush()
            return (dropped, try !dropped && Pruning.vacuum(db))
        }
        // The file itself is cut when the log has been moved into it.
        if vacuumed { try checkpoint() }
        return dropped || vacuumed
    }
}
