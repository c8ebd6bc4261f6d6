/// The rows of a run, in portions that make a job: from the command line or from a file.
package struct RowFeed {
    private var given: ArraySlice<InputRow> = []
    private let givenCount: Int
    private var source: RowSource?
    /// Read already, and too much for the last portion.
    private var held: InputRow?

    package init(_ rows: [InputRow]) {
        given = ArraySlice(rows)
        givenCount = rows.count
    }

    /// - Throws: `Failure.noInput` for a file that is not there: a name is never taken for a text
    package init(file: String, _ layout: FileLayout) throws(Failure) {
        givenCount = 0
        source = try RowSource(file, layout)
    }

    package var fraction: Double? {
        source == nil ? 1 - Double(given.count) / Double(max(1, givenCount)) : source?.fraction
    }

    /// Of a table.
    package var heading: Heading? { source?.heading }

    /// The next rows, at most `count` of them and, unless it is a single one, at most `byteCount` bytes.
    ///
    /// - Returns: empty at the end
    package mutating func portion(count: Int, byteCount: Int) throws(Failure) -> [InputRow] {
        var portion: [InputRow] = []
        var bytes = 0
        while portion.count < count, let row = try next() {
            bytes += row.byteCount
            guard portion.isEmpty || bytes <= byteCount else {
                held = row
                break
            }
            portion.append(row)
        }
        return portion
    }

    private mutating func next() throws(Failure) -> InputRow? {
        if let row = held {
            held = nil
            return row
        }
        if source == nil { return given.popFirst() }
        return try source?.next()
    }
}
