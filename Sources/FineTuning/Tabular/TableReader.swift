import Glibc

/// Cuts the bytes of a table into records and their fields.
///
/// Line ends are LF or CR LF; empty lines and a byte order mark are no records. An enclosed field may hold delimiters, line
/// ends, and quotes written twice (RFC 4180).
struct TableReader {
    struct Record {
        /// On which it begins, from 1.
        let line: Int
        let fields: [String]
    }

    private let bytes: [UInt8]
    private let dialect: TableDialect
    private let file: String
    private var position: Int
    private var line = 1
    /// Of the line that was last looked at: its line feed, or the end of the file.
    private var lineEnd = -1

    /// - Parameter bytes: UTF-8
    init(_ bytes: [UInt8], _ dialect: TableDialect, file: String) {
        self.bytes = bytes
        self.dialect = dialect
        self.file = file
        position = TextLines.byteOrderMark(of: bytes)
    }

    /// nil at the end.
    mutating func next() throws(FineTuningError) -> Record? {
        skipEmptyLines()
        guard position < bytes.count else { return nil }
        let start = line
        var fields: [String] = []
        while true {
            let isEnclosed = dialect.hasQuotes && position < bytes.count && bytes[position] == quote
            fields.append(isEnclosed ? try enclosedField(start) : openField())
            guard position < bytes.count else { break }
            position += 1
            if bytes[position - 1] == newline {
                line += 1
                break
            }
        }
        return Record(line: start, fields: fields)
    }

    private mutating func skipEmptyLines() {
        while position < bytes.count {
            let length = bytes[position] == carriageReturn ? 1 : 0
            guard position + length < bytes.count, bytes[position + length] == newline else { return }
            position += length + 1
            line += 1
        }
    }

    /// Ends at a delimiter, a line end, or the end of the file.
    private mutating func openField() -> String {
        let start = position
        if lineEnd < start { lineEnd = place(of: newline, in: start..<bytes.count) }
        position = place(of: dialect.delimiter, in: start..<lineEnd)
        let hasReturn = position == lineEnd && position > start && bytes[position - 1] == carriageReturn
        return String(decoding: bytes[start..<position - (hasReturn ? 1 : 0)], as: UTF8.self)
    }

    private mutating func enclosedField(_ record: Int) throws(FineTuningError) -> String {
        var field: [UInt8] = []
        position += 1
        while true {
            let start = position
            position = place(of: quote, in: start..<bytes.count)
            countLines(in: start..<position)
            field += bytes[start..<position]
            guard position < bytes.count else { throw malformed(record, "a quote that ends the field", "none") }
            position += 1
            guard position < bytes.count, bytes[position] == quote else { break }
            field.append(quote)
            position += 1
        }
        if position + 1 < bytes.count, bytes[position] == carriageReturn, bytes[position + 1] == newline {
            position += 1
        }
        if position < bytes.count, bytes[position] != dialect.delimiter, bytes[position] != newline {
            let rest = String(decoding: bytes[position..<min(bytes.count, position + 20)], as: UTF8.self)
            throw malformed(record, "a delimiter or the line's end after a quoted field", "'\(rest)'")
        }
        return String(decoding: field, as: UTF8.self)
    }

    /// Where a byte is first, or the end of the range.
    private func place(of byte: UInt8, in range: Range<Int>) -> Int {
        bytes.withUnsafeBytes { bytes in
            let part = bytes[range]
            guard let start = bytes.baseAddress, let found = memchr(start + part.startIndex, Int32(byte), part.count)
            else { return range.upperBound }
            return UnsafeRawPointer(found) - start
        }
    }

    private mutating func countLines(in range: Range<Int>) {
        var start = range.lowerBound
        while case let end = place(of: newline, in: start..<range.upperBound), end < range.upperBound {
            line += 1
            start = end + 1
        }
    }

    private func malformed(_ line: Int, _ expected: String, _ found: String) -> FineTuningError {
        .invalidData(file: file, line: line, field: nil, expected: expected, found: found)
    }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let quote = UInt8(ascii: "\"")
