import Foundation
import GRDB
import JobQueue
package import Messages
import Store

/// Consecutive rows of a result with their tensor, cut out of what is stored.
package struct RowsPage: Sendable, Equatable {
    package var rows: ResultRows
    package var tensor: [UInt8]
}

extension Journal {
    /// Rows of a job from `first` on, whether it is still running or not: at most `count`, at most `maxBytes` of tensor
    /// and outcomes, but at least one row.
    ///
    /// A page may begin and end within stored chunks; its digest is that of its own bytes.
    ///
    /// - Returns: nil when the row `first` is not stored, not yet or not any more
    package func rows(
        of id: Identifier, first: Int, count: Int, maxBytes: Int
    ) throws(JournalError) -> RowsPage? {
        try reading { db in
            guard let job = try JobRow.find(id, db), count > 0 else { return nil }
            let statement = try db.cachedStatement(
                sql: """
                    SELECT rows, object, tensor FROM result WHERE job = ? AND first_row >=
                    (SELECT max(first_row) FROM result WHERE job = ? AND first_row <= ?) ORDER BY first_row
                    """)
            let cursor = try Row.fetchCursor(statement, arguments: [job.number, job.number, first])
            var page: RowsPage?
            var room = maxBytes
            while let row = try cursor.next() {
                let taken = page?.rows.count ?? 0
                let slice = try RowSlice(
                    row.resultRows(0), from: first + taken, count: count - taken, maxBytes: room,
                    perToken: job.record.perToken)
                guard let slice, page?.takes(slice, room) ?? true else { break }
                page.append(slice, try bytes(of: slice, row))
                room -= slice.byteCount
            }
            return page?.sealed()
        }
    }

    private func bytes(of slice: RowSlice, _ row: Row) throws -> [UInt8] {
        guard !row.hasNull(atIndex: 2) else {
            return try store.read(row.digest(1), offset: slice.bytes.lowerBound, count: slice.bytes.count)
        }
        let tensor = try row.bytes(2)
        guard slice.bytes.upperBound <= tensor.count else {
            throw JournalError.damaged("a tensor has \(tensor.count) bytes, expected \(slice.bytes.upperBound)")
        }
        return slice.isWhole ? tensor : Array(tensor[slice.bytes])
    }
}

extension RowsPage {
    /// Whether a slice can follow: one tensor has one width and one type.
    fileprivate func takes(_ slice: RowSlice, _ room: Int) -> Bool {
        slice.byteCount <= room && slice.chunk.labels == rows.labels && slice.chunk.elementType == rows.elementType
            && slice.chunk.shape.dropFirst() == rows.shape.dropFirst()
    }

    fileprivate func sealed() -> RowsPage {
        var page = self
        page.rows.digest = Digest(of: tensor)
        return page
    }
}

extension RowsPage? {
    fileprivate mutating func append(_ slice: RowSlice, _ bytes: [UInt8]) {
        guard var page = self else {
            var rows = slice.chunk
            rows.firstRow = slice.rows.lowerBound
            rows.count = slice.rows.count
            rows.shape[0] = slice.vectors
            rows.tokenCounts = Array(slice.tokenCounts)
            rows.notes = slice.notes
            rows.outcomes = Array(slice.outcomes)
            self = RowsPage(rows: rows, tensor: bytes)
            return
        }
        page.rows.count += slice.rows.count
        page.rows.shape[0] += slice.vectors
        page.rows.tokenCounts += slice.tokenCounts
        page.rows.notes += slice.notes
        page.rows.outcomes += slice.outcomes
        page.tensor += bytes
        self = page
    }
}
