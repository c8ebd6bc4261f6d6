import Messages
import Tasks

/// Rows from a file, in order, one at a time.
///
/// A text is bytes: what is not UTF-8 is the service's to reject, row by row.
package struct RowSource {
    private var reader: RecordReader
    private let layout: FileLayout
    /// Where the texts stand in a record.
    private var column = 0
    private var secondColumn: Int?
    /// Of a table.
    package private(set) var heading: Heading?

    package init(_ path: String, _ layout: FileLayout) throws(Failure) {
        self.layout = layout
        reader = RecordReader(try ByteReader(path), .line)
        guard case .table(let text, let second, let hasTabs) = layout else { return }
        guard let line = try reader.next()?.first else { throw reader.bad("the file is empty, expected a heading") }
        let heading = Heading(line, hasTabs: hasTabs, wanted: [text, second].compactMap { $0 })
        column = try Self.column(text, in: heading, reader)
        if let second { secondColumn = try Self.column(second, in: heading, reader) }
        reader.separation = heading.separation
        self.heading = heading
    }

    /// How much of the file has been read, 0 to 1; `nil` where its end is not known.
    package var fraction: Double? { reader.fraction }

    package mutating func next() throws(Failure) -> InputRow? {
        while let record = try reader.next() {
            // Editors leave an empty line at the end, which is no row of a table and no JSON.
            if record == [[]], layout != .lines, heading?.names.count != 1 { continue }
            return try row(of: record)
        }
        return nil
    }

    private func row(of record: [[UInt8]]) throws(Failure) -> InputRow {
        switch layout {
        case .lines:
            return InputRow(text: Text(bytes: record[0]))
        case .jsonLines(let text, let second):
            let first = try member(text, of: record[0])
            return InputRow(
                text: first, second: try second.map { name throws(Failure) in try member(name, of: record[0]) },
                record: .line(record[0]))
        case .table(let text, let second, _):
            let first = try field(column, text, of: record)
            guard let second, let secondColumn else { return InputRow(text: first, record: .fields(record)) }
            return InputRow(
                text: first, second: try field(secondColumn, second, of: record), record: .fields(record))
        }
    }

    private func member(_ name: String, of line: [UInt8]) throws(Failure) -> Text {
        guard let text = JSONMember.string(name, in: line) else {
            throw reader.bad("expected a JSON object with a string '\(name)'")
        }
        return Text(text)
    }

    private func field(_ column: Int, _ name: String, of record: [[UInt8]]) throws(Failure) -> Text {
        guard column < record.count else {
            throw reader.bad("\(record.count) columns, expected '\(name)' as number \(column + 1)")
        }
        return Text(bytes: record[column])
    }

    private static func column(_ name: String, in heading: Heading, _ reader: RecordReader) throws(Failure) -> Int {
        guard let column = heading.names.firstIndex(of: name) else {
            let hint = Spelling.nearest(to: name, among: heading.names).map { "; did you mean '\($0)'?" } ?? ""
            let found = heading.names.map { "'\(Spelling.excerpt($0))'" }.joined(separator: ", ")
            throw reader.bad("no column '\(name)', found \(found)\(hint)")
        }
        return column
    }
}
