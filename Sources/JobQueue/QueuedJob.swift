package import Messages

/// An open job in memory: its work, and for every row whether it waits, is leased, is stored or has been announced.
package struct QueuedJob: Sendable {
    package var record: JobRecord
    package let work: Work
    /// Bytes that the job holds of the admission limit.
    package let frameBytes: Int
    /// Of all its rows, when it was admitted.
    package internal(set) var estimatedTokens = 0
    /// Rows that wait for a lease, in row order.
    package private(set) var waiting: [Range<Int>]
    /// Workers that failed it, a run, by no fault of its own: others go first.
    package internal(set) var failedAt: Set<Identifier> = []
    /// Leases out on it.
    package var fences: Set<Fence> = []
    /// Stored rows that an earlier missing row keeps from being announced, by first row.
    package private(set) var stored: [Int: ResultRows] = [:]
    /// Rows that a worker was lost with and that have not been finished since.
    private var suspectRows: [Range<Int>] = []
    /// Whether the job stands in its client's line.
    package var isInLine = false

    package init(record: JobRecord, work: Work, frameBytes: Int, stored: [ResultRows] = []) {
        self.record = record
        self.work = work
        self.frameBytes = frameBytes
        waiting = record.announcedRows < work.rowCount ? [record.announcedRows..<work.rowCount] : []
        for rows in stored {
            remove(rows.range)
            self.stored[rows.range.lowerBound] = rows
        }
        if record.lostWorkers > 0 { suspectRows = waiting }
    }

    package var isWaiting: Bool { !waiting.isEmpty }

    /// Cuts the next rows to lease: at least one, then as many as both limits allow.
    ///
    /// - Returns: the rows and their estimated tokens, or nil when none waits
    package mutating func cut(_ limits: ShardLimits, _ estimate: TokenEstimate) -> (rows: Range<Int>, tokens: Int)? {
        guard let range = waiting.first else { return nil }
        var end = range.lowerBound
        var tokens = 0
        while end < range.upperBound, end - range.lowerBound < limits.rows {
            let more = self.tokens(ofRow: end, estimate)
            if end > range.lowerBound, tokens + more > limits.tokens { break }
            tokens += more
            end += 1
        }
        if end == range.upperBound { waiting.removeFirst() } else { waiting[0] = end..<range.upperBound }
        return (range.lowerBound..<end, tokens)
    }

    /// Estimated tokens of all its rows.
    func estimate(_ estimate: TokenEstimate) -> Int {
        (0..<work.rowCount).reduce(0) { $0 + tokens(ofRow: $1, estimate) }
    }

    private func tokens(ofRow row: Int, _ estimate: TokenEstimate) -> Int {
        estimate.tokens(ofBytes: work.byteCount(ofRow: row), isCut: work.cutsLongRows)
    }

    /// Takes back rows whose lease ended without a result.
    package mutating func putBack(_ rows: Range<Int>) {
        let place = waiting.firstIndex { $0.lowerBound > rows.lowerBound } ?? waiting.endIndex
        waiting.insert(rows, at: place)
    }

    package mutating func store(_ rows: ResultRows) {
        stored[rows.range.lowerBound] = rows
        suspectRows = Self.removing(rows.range, from: suspectRows)
    }

    /// A worker was lost with these rows.
    mutating func suspect(_ rows: Range<Int>) {
        suspectRows.append(rows)
    }

    /// Takes back the suspicion when every row that workers were lost with has been finished.
    ///
    /// - Returns: whether there was any to take back
    mutating func clearSuspicion() -> Bool {
        suspectRows.isEmpty && forgive()
    }

    /// Holds nothing against the job any more.
    ///
    /// - Returns: whether there was anything
    mutating func forgive() -> Bool {
        guard record.lostWorkers > 0 else { return false }
        record.lostWorkers = 0
        suspectRows = []
        return true
    }

    /// The stored rows that come next in row order, now announced.
    package mutating func announceNext() -> ResultRows? {
        guard let rows = stored.removeValue(forKey: record.announcedRows) else { return nil }
        record.announcedRows = rows.range.upperBound
        return rows
    }

    private mutating func remove(_ rows: Range<Int>) {
        waiting = Self.removing(rows, from: waiting)
    }

    private static func removing(_ rows: Range<Int>, from ranges: [Range<Int>]) -> [Range<Int>] {
        ranges.flatMap { range in
            [
                range.lowerBound..<max(range.lowerBound, min(rows.lowerBound, range.upperBound)),
                min(range.upperBound, max(rows.upperBound, range.lowerBound))..<range.upperBound,
            ].filter { !$0.isEmpty }
        }
    }
}

/// How much work one lease carries.
package struct ShardLimits: Sendable {
    /// Small enough that a result of usual width fits `Limits.inlineResultBytes`.
    package var rows = 64
    package var tokens = 4096

    package init() {}
}

extension ResultRows {
    var range: Range<Int> { firstRow..<firstRow + count }
}
