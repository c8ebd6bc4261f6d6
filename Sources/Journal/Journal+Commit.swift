package import JobQueue
package import Messages
import Store

extension Journal {
    /// Makes changes durable, all or none, in the order given.
    ///
    /// Each event gets the next `seq` of the log and the next `job_seq` of its job. A change of a job that has ended,
    /// or is not known, changes nothing and is `.done`. Tensors beyond `Limits.inlineResultBytes` are files of the
    /// store before the rows that refer to them exist.
    ///
    /// - Returns: what became of each change
    /// - Throws: `storageFull` among others; then nothing has changed
    package func commit(_ changes: [Change], at time: UnixTime) throws(JournalError) -> [Outcome] {
        guard !changes.isEmpty else { return [] }
        let objects = try storeLargeTensors(of: changes)
        return try writing { db in
            var batch = try CommitBatch(db, logID: logID, at: time)
            var outcomes: [Outcome] = []
            outcomes.reserveCapacity(changes.count)
            for (index, change) in changes.enumerated() {
                outcomes.append(try batch.apply(change, object: objects[index]))
            }
            try batch.flush()
            return outcomes
        }
    }

    /// - Returns: the names of the stored objects, by the index of their change
    private func storeLargeTensors(of changes: [Change]) throws(JournalError) -> [Int: Digest] {
        var objects: [Int: Digest] = [:]
        for (index, change) in changes.enumerated() {
            guard case .store(_, let rows) = change, rows.tensor.count > Limits.inlineResultBytes else { continue }
            do { objects[index] = try store.put(rows.tensor) } catch { throw JournalError(error) }
        }
        return objects
    }
}
