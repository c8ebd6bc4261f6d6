package import Messages

/// Texts from a file, in order, one at a time.
///
/// A text is bytes: what is not UTF-8 is the service's to reject, row by row.
package struct TextSource {
    package enum Layout: Equatable {
        /// A text a line.
        case lines
        /// A JSON object a line; the text is this member.
        case jsonLines(field: String)
        /// Columns under a heading; the text is this one.
        case table(column: String, Table)
    }

    package enum Table {
        /// RFC 4180: commas, and quotes around what holds commas, quotes or line breaks.
        case commas
        /// Tabs and no quoting.
        case tabs

        /// As the name of the file says.
        package init(path: String) {
            let name = path.lowercased()
            self = name.hasSuffix(".tsv") || name.hasSuffix(".tab") ? .tabs : .commas
        }
    }

    private var reader: RecordReader
    private let layout: Layout
    /// Where the text stands in a record.
    private var column = 0

    package init(_ path: String, _ layout: Layout) throws(Failure) {
        self.layout = layout
        switch layout {
        case .lines, .jsonLines:
            reader = RecordReader(try ByteReader(path), .line)
        case .table(let name, let table):
            reader = RecordReader(try ByteReader(path), table == .tabs ? .tabs : .commas)
            column = try Self.column(name, in: &reader)
        }
    }

    /// How much of the file has been read, 0 to 1; `nil` where its end is not known.
    package var fraction: Double? { reader.fraction }

    package mutating func next() throws(Failure) -> Text? {
        guard let record = try reader.next() else { return nil }
        switch layout {
        case .lines:
            return Text(bytes: record[0])
        case .jsonLines(let field):
            guard let text = JSONMember.string(field, in: record[0]) else {
                throw reader.bad("expected a JSON object with a string '\(field)'")
            }
            return Text(text)
        case .table(let name, _):
            guard column < record.count else {
                throw reader.bad("\(record.count) columns, expected '\(name)' as number \(column + 1)")
            }
            return Text(bytes: record[column])
        }
    }

    private static func column(_ name: String, in reader: inout RecordReader) throws(Failure) -> Int {
        let heading = try reader.next()?.map { String(decoding: $0, as: UTF8.self) } ?? []
        guard let column = heading.firstIndex(of: name) else {
            throw reader.bad("no column '\(name)', found \(heading.map { "'\($0)'" }.joined(separator: ", "))")
        }
        return column
    }
}
