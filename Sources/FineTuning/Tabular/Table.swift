/// The rows of a file of data: the columns that are wanted, whatever the file's format.
struct Table: Sendable {
    let file: String
    let rows: [TableRow]

    /// Reads a person's file: JSON lines, or a table with a header whose delimiter is found out.
    ///
    /// - Parameters:
    ///   - columns: names of columns, or of members of the JSON objects
    ///   - optional: those of them that may be missing in the whole file
    init(_ text: TextFile, columns: [String], optional: Set<String> = []) throws(FineTuningError) {
        if Self.isJSONLines(text) {
            try self.init(jsonLines: text, columns: columns, optional: optional)
        } else {
            let dialect = TableDialect.sniffed(text.bytes, file: text.name, columns: columns)
            try self.init(
                text, dialect, columns: columns.map(TableColumn.heading), hasHeader: true, optional: optional,
                uneven: .refused)
        }
    }

    /// What becomes of a record that has not as many fields as there are headings.
    enum UnevenRecords {
        case refused
        /// Taken, as long as it has the wanted fields.
        case taken
        /// Left out where it has not the wanted fields.
        case leftOut
    }

    /// - Parameter optional: names of columns that may be missing
    init(
        _ text: TextFile, _ dialect: TableDialect, columns: [TableColumn], hasHeader: Bool, optional: Set<String> = [],
        uneven: UnevenRecords
    ) throws(FineTuningError) {
        file = text.name
        var reader = TableReader(text.bytes, dialect, file: text.name)
        var places: [Int?] = []
        var width: Int?
        let header = hasHeader ? try reader.next() : nil
        for column in columns {
            guard let header else {
                places.append(try column.place(under: .init(line: 1, fields: []), file: text.name))
                continue
            }
            let isMissing = column.isMissing(under: header) && optional.contains(column.name)
            places.append(isMissing ? nil : try column.place(under: header, file: text.name))
            width = header.fields.count
        }
        let needed = (places.compactMap(\.self).max() ?? -1) + 1
        var rows: [TableRow] = []
        while let record = try reader.next() {
            let count = record.fields.count
            if count < needed, uneven == .leftOut { continue }
            if uneven == .refused, let width, count != width {
                throw .invalidData(
                    file: text.name, line: record.line, field: nil, expected: "\(width) fields, as in the header",
                    found: "\(count)")
            }
            guard count >= needed else {
                throw .invalidData(
                    file: text.name, line: record.line, field: nil, expected: "at least \(needed) fields",
                    found: "\(count)")
            }
            rows.append(TableRow(line: record.line, values: places.map { $0.map { record.fields[$0] } }))
        }
        guard !rows.isEmpty else {
            throw .invalidData(file: text.name, line: nil, field: nil, expected: "rows under the header", found: "none")
        }
        self.rows = rows
    }

    init(file: String, rows: [TableRow]) {
        self.file = file
        self.rows = rows
    }
}

extension TableColumn {
    fileprivate func isMissing(under headings: TableReader.Record) -> Bool {
        switch self {
        case .place: false
        case .headings(let names): !names.contains(where: headings.fields.contains)
        }
    }
}
