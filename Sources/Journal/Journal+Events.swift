import GRDB
import JobQueue
package import Messages

/// A committed event of a job, to be told again.
package struct RepeatedEvent: Sendable, Equatable {
    /// With `isReplayed`.
    package var event: Event
    /// What was sent with it at first, unless retention has dropped it.
    package var tensor: [UInt8]?

    package init(event: Event, tensor: [UInt8]?) {
        self.event = event
        self.tensor = tensor
    }
}

extension Journal {
    /// Events looked at for one page, however few of them pass the filter: what bounds the time of a reader.
    private static let scannedEvents = 20_000

    /// A page of committed events, oldest first, marked as replayed; results without their tensors.
    ///
    /// A log that does not reach back to `afterSeq` answers `expired` with the place to go on; one that has never been
    /// there, as after a restored backup, `logChanged`.
    package func replay(_ request: Replay) throws(JournalError) -> EventsPage {
        try reading { db in
            let head = try LogHead(db)
            func page(_ outcome: EventsPage.Outcome, next: Int, _ frames: [[UInt8]] = []) -> EventsPage {
                EventsPage(logID: logID, outcome: outcome, nextSeq: next, firstSeq: head.firstSeq, frames: frames)
            }
            guard request.logID ?? logID == logID, request.afterSeq <= head.lastSeq else {
                return page(.logChanged, next: head.firstSeq - 1)
            }
            guard request.afterSeq >= head.firstSeq - 1 else { return page(.expired, next: head.firstSeq - 1) }
            let (frames, next) = try Self.scan(request, db)
            return page(next == nil ? .upToDate : .more, next: next ?? head.lastSeq, frames)
        }
    }

    /// - Returns: the frames, and the last `seq` looked at unless it was the last there is
    private static func scan(_ request: Replay, _ db: Database) throws -> (frames: [[UInt8]], next: Int?) {
        guard let cursor = try cursor(over: request, db) else { return ([], nil) }
        let filter = Array(request.filter.utf8)
        let limit = min(max(request.limit, 1), Limits.maxReplayEvents)
        var frames: [[UInt8]] = []
        var byteCount = 0
        var scanned = 0
        while let row = try cursor.next() {
            let frame = try row.bytes(1)
            if try filter.isEmpty || Topic(Event(decoding: frame))?.bytes.starts(with: filter) ?? false {
                frames.append(Event.markReplayed(frame))
                byteCount += frame.count
            }
            scanned += 1
            if frames.count == limit || byteCount >= Limits.pageBytes || scanned == scannedEvents {
                return (frames, row[0])
            }
        }
        return (frames, nil)
    }

    /// Over the events after `afterSeq`: of one job where the filter names it to the end, else of all.
    private static func cursor(over request: Replay, _ db: Database) throws -> RowCursor? {
        let parts = request.filter.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count >= 4, let id = try? Identifier(String(parts[2])) else {
            let all = try db.cachedStatement(sql: "SELECT seq, frame FROM event WHERE seq > ? ORDER BY seq")
            return try Row.fetchCursor(all, arguments: [request.afterSeq])
        }
        guard let job = try JobRow.find(id, db) else { return nil }
        let own = try db.cachedStatement(sql: "SELECT seq, frame FROM event WHERE job = ? AND seq > ? ORDER BY seq")
        return try Row.fetchCursor(own, arguments: [job.number, request.afterSeq])
    }

    /// The committed events of a job after `seq`, in order, as when they were told first: to be asked again with the
    /// last `seq` until none comes. A page ends at `Limits.pageBytes` or `Limits.maxReplayEvents`.
    package func events(of id: Identifier, after seq: Int) throws(JournalError) -> [RepeatedEvent] {
        try reading { db in
            guard let job = try JobRow.find(id, db) else { return [] }
            let statement = try db.cachedStatement(
                sql: "SELECT frame FROM event WHERE job = ? AND seq > ? ORDER BY seq LIMIT ?")
            let cursor = try Row.fetchCursor(statement, arguments: [job.number, seq, Limits.maxReplayEvents])
            var events: [RepeatedEvent] = []
            var byteCount = 0
            while byteCount < Limits.pageBytes, let row = try cursor.next() {
                let frame = try row.bytes(0)
                var event = try Event(decoding: frame)
                event.isReplayed = true
                let tensor = try Self.tensor(of: event, job, db)
                byteCount += frame.count + (tensor?.count ?? 0)
                events.append(RepeatedEvent(event: event, tensor: tensor))
            }
            return events
        }
    }

    private static func tensor(of event: Event, _ job: JobRow, _ db: Database) throws -> [UInt8]? {
        guard case .result(let rows) = event.body, !job.record.noticesOnly else { return nil }
        let statement = try db.cachedStatement(sql: "SELECT tensor FROM result WHERE job = ? AND first_row = ?")
        guard let row = try Row.fetchOne(statement, arguments: [job.number, rows.firstRow]), !row.hasNull(atIndex: 0)
        else { return nil }
        return try row.bytes(0)
    }
}
