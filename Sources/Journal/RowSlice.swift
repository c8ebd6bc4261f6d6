import Messages

/// A stored chunk of rows cut to some of them: what of the tensor they are, and what is to be said of them.
///
///     rows     firstRow ... lower ........... upper ... firstRow + count
///     tensor   |  not asked |      bytes      |  not asked |
struct RowSlice {
    let chunk: ResultRows
    /// Of the job, within the chunk.
    let rows: Range<Int>
    /// Of the chunk's tensor.
    let bytes: Range<Int>
    /// Of tensor and outcomes.
    let byteCount: Int
    /// Rows of the tensor: one for each row of the result, or with token vectors one for each of its tokens.
    let vectors: Int

    /// The rows from `first` on: at most `count` of them and `maxBytes` of tensor and outcomes, but at least one.
    ///
    /// - Parameter perToken: whether the tensor has a row for each token
    /// - Returns: nil where the chunk does not hold the row `first`
    /// - Throws: `damaged` where shape and counts contradict each other
    init?(_ chunk: ResultRows, from first: Int, count: Int, maxBytes: Int, perToken: Bool) throws {
        guard first >= chunk.firstRow, first - chunk.firstRow < chunk.count, count > 0 else { return nil }
        let vectors = perToken ? chunk.tokenCounts.map(Int.init) : [Int](repeating: 1, count: chunk.count)
        guard let byteCount = chunk.tensorByteCount, let rank = chunk.shape.first, vectors.count == chunk.count,
            vectors.reduce(0, +) == rank
        else {
            throw JournalError.damaged(
                "rows \(chunk.firstRow) + \(chunk.count) have shape \(chunk.shape) of \(chunk.elementType)")
        }
        guard chunk.outcomes.isEmpty || chunk.outcomes.count == chunk.count else {
            throw JournalError.damaged("\(chunk.count) rows have \(chunk.outcomes.count) outcomes")
        }
        let width = rank == 0 ? 0 : byteCount / rank
        let words = chunk.outcomes.isEmpty ? [Int](repeating: 0, count: chunk.count) : chunk.outcomes.map(\.byteCount)
        var start = 0
        for row in 0..<(first - chunk.firstRow) { start += vectors[row] * width }
        var end = start
        var wordBytes = 0
        var row = first - chunk.firstRow
        let last = count < chunk.count - row ? row + count : chunk.count
        repeat {
            end += vectors[row] * width
            wordBytes += words[row]
            row += 1
        } while row < last && end - start + vectors[row] * width + wordBytes + words[row] <= maxBytes
        self.chunk = chunk
        self.rows = first..<(chunk.firstRow + row)
        self.bytes = start..<end
        self.byteCount = end - start + wordBytes
        self.vectors = width == 0 ? vectors[(first - chunk.firstRow)..<row].reduce(0, +) : (end - start) / width
    }

    /// Whether nothing was cut off.
    var isWhole: Bool { rows.count == chunk.count }

    var tokenCounts: ArraySlice<UInt32> {
        chunk.tokenCounts.dropFirst(rows.lowerBound - chunk.firstRow).prefix(rows.count)
    }

    var outcomes: ArraySlice<RowOutcome> {
        chunk.outcomes.dropFirst(rows.lowerBound - chunk.firstRow).prefix(rows.count)
    }

    var notes: [RowNote] { chunk.notes.filter { rows.contains($0.row) } }
}
