package import Client
package import Messages

/// The input again, all its columns in their order, with what each row came to after them.
package final class OutcomeTable: RowOutput {
    /// How rows are written.
    package enum Layout: Equatable {
        case jsonLines
        /// RFC 4180 with this separator.
        case quoted(UInt8)
        /// Tabs and no quoting.
        case plainTabs
    }

    private let file: LineFile
    private let layout: Layout
    private let kind: Work.Kind
    /// Of the input's columns.
    private let heading: [String]
    private var columns: OutcomeColumns?
    private var names: [String] = []

    /// - Parameter names: of the input's columns; empty where it has none, and rows are texts
    package init(_ path: String, _ layout: Layout, _ kind: Work.Kind, names: [String]) throws(Failure) {
        file = try LineFile(try PartialFile(path))
        self.layout = layout
        self.kind = kind
        heading = names.isEmpty ? ["text"] : names
    }

    package func append(_ result: JobResult, rows: [InputRow], firstRow: Int) throws {
        let columns = try columns ?? begin(result, rows)
        for row in OutcomeRows(result) where row.index < rows.count {
            try file.append(try line(rows[row.index], columns.values(of: row), number: firstRow + row.index + 1))
        }
    }

    package func finish() throws { try file.finish() }

    private func begin(_ result: JobResult, _ rows: [InputRow]) throws -> OutcomeColumns {
        let columns = OutcomeColumns(kind, result)
        self.columns = columns
        if layout == .jsonLines {
            guard case .line(let line)? = rows.first?.record else {
                names = columns.names
                return columns
            }
            names = columns.names(besides: JSONMember.names(in: line))
        } else {
            names = columns.names(besides: Set(heading))
            try file.append(joined((heading + names).map { Array($0.utf8) }))
        }
        return columns
    }

    private func line(_ row: InputRow, _ values: [JSON], number: Int) throws(Failure) -> [UInt8] {
        switch (layout, row.record) {
        case (.jsonLines, .line(let line)?):
            // The line is an object, so that its last byte but white space closes it.
            let end = line.lastIndex(of: UInt8(ascii: "}")) ?? line.endIndex
            let added = JSON.object(Array(zip(names, values))).text
            return line[..<end] + [UInt8(ascii: ",")] + Array(added.utf8.dropFirst())
        case (.jsonLines, _):
            let text = ("text", JSON.string(String(decoding: row.text.bytes, as: UTF8.self)))
            return Array(JSON.object([text] + zip(names, values)).text.utf8)
        case (_, .fields(let fields)?):
            guard fields.count == heading.count else {
                throw .damaged(
                    "row \(number) has \(fields.count) columns, expected \(heading.count) as in the heading")
            }
            return joined(fields + values.map(\.field))
        default:
            return joined([row.text.bytes] + values.map(\.field))
        }
    }

    private func joined(_ fields: [[UInt8]]) -> [UInt8] {
        guard case .quoted(let separator) = layout else {
            let blank = UInt8(ascii: " ")
            let plain = fields.map { $0.map { [Heading.tab, 0x0A, 0x0D].contains($0) ? blank : $0 } }
            return Array(plain.joined(separator: [Heading.tab]))
        }
        return Array(fields.map { Self.quoted($0, separator) }.joined(separator: [separator]))
    }

    private static func quoted(_ field: [UInt8], _ separator: UInt8) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        guard field.contains(where: { $0 == separator || $0 == quote || $0 == 0x0A || $0 == 0x0D }) else {
            return field
        }
        return [quote] + field.flatMap { $0 == quote ? [quote, quote] : [$0] } + [quote]
    }
}

extension JSON {
    /// In a table: strings without their quotes, nothing for null.
    fileprivate var field: [UInt8] {
        switch self {
        case .null: []
        case .string(let value): Array(value.utf8)
        default: Array(text.utf8)
        }
    }
}
