import Tokenization

extension Table {
    /// Told by the name of the file, or by a brace at its beginning.
    static func isJSONLines(_ text: TextFile) -> Bool {
        let name = text.name.lowercased()
        if [".jsonl", ".ndjson", ".json"].contains(where: name.hasSuffix) { return true }
        let start = TextLines.byteOrderMark(of: text.bytes)
        return text.bytes[start...].first { !" \t\r\n".utf8.contains($0) } == UInt8(ascii: "{")
    }

    /// Reads one object a line; empty lines are none.
    ///
    /// Numbers and truth values are taken as they would be written. A member may be missing in all objects if it is
    /// optional, but not in some.
    init(jsonLines text: TextFile, columns: [String], optional: Set<String>) throws(FineTuningError) {
        let start = TextLines.byteOrderMark(of: text.bytes)
        let lines = text.bytes[start...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        var present: [Bool]?
        var rows: [TableRow] = []
        for (index, line) in lines.enumerated() where !line.allSatisfy({ " \t\r".utf8.contains($0) }) {
            let object = try Self.object(Array(line), line: index + 1, file: text.name)
            let isPresent = columns.map { !optional.contains($0) || object[$0] != nil }
            let first = present ?? isPresent
            present = first
            let values = try zip(columns, first).map { column, isPresent throws(FineTuningError) in
                isPresent ? try Self.value(column, of: object, line: index + 1, file: text.name) : nil
            }
            rows.append(TableRow(line: index + 1, values: values))
        }
        self.init(file: text.name, rows: rows)
    }

    private static func object(_ bytes: [UInt8], line: Int, file: String) throws(FineTuningError) -> JSONValue {
        let found: String
        do {
            let value = try JSONReader.value(of: bytes)
            if case .object = value { return value }
            found = value.summary
        } catch {
            found = "no JSON at byte \(error.offset) of the line"
        }
        throw .invalidData(file: file, line: line, field: nil, expected: "a JSON object a line", found: found)
    }

    private static func value(
        _ name: String, of object: JSONValue, line: Int, file: String
    ) throws(FineTuningError) -> String {
        switch object[name] {
        case .string(let text)?: return text
        case .bool(let value)?: return "\(value)"
        case .number(let number)?: return Int(exactly: number).map { "\($0)" } ?? "\(number)"
        case .array?, .object?, .null?:
            throw .invalidData(
                file: file, line: line, field: name, expected: "a text or a number",
                found: object[name]?.summary ?? "null")
        case nil:
            guard case .object(let members) = object, !members.contains(where: { $0.key == name }) else {
                throw .invalidData(
                    file: file, line: line, field: name, expected: "a text or a number", found: "null")
            }
            throw .missingColumn(.heading(name), in: members.map(\.key), file: file, line: line)
        }
    }
}
