/// Records of a text file: lines, or the fields of a table's rows.
///
/// Line ends are LF or CR LF; a byte order mark at the start is no text.
struct RecordReader {
    enum Separation {
        case line
        /// Quotes stand around fields that hold this byte, quotes or line breaks.
        case quoted(UInt8)
        /// Tabs and no quoting.
        case tabs
    }

    private let reader: ByteReader
    /// Of the records to come.
    var separation: Separation
    /// The line on which the last record began, from 1.
    private var line = 0
    private var nextLine = 1

    /// More than a command can hold: a text past it will be refused anyway.
    private static let maximumByteCount = 16 << 20

    init(_ reader: ByteReader, _ separation: Separation) {
        self.reader = reader
        self.separation = separation
    }

    var fraction: Double? {
        reader.byteCount.map { $0 == 0 ? 1 : min(1, Double(reader.offset) / Double($0)) }
    }

    /// At least one field; `nil` at the end.
    mutating func next() throws(Failure) -> [[UInt8]]? {
        if line == 0 { try reader.skipByteOrderMark() }
        guard try reader.peek() != nil else { return nil }
        line = nextLine
        var fields: [[UInt8]] = []
        while true {
            let (field, isLast) = try field()
            fields.append(field)
            if isLast { return fields }
        }
    }

    func bad(_ reason: String) -> Failure {
        .badInput(path: reader.path, line: max(1, line), reason: reason)
    }

    private mutating func field() throws(Failure) -> ([UInt8], isLast: Bool) {
        let separator =
            switch separation {
            case .line: newline
            case .tabs: Heading.tab
            case .quoted(let byte): byte
            }
        if case .quoted = separation, try reader.peek() == quote { return try quotedField(before: separator) }
        var field: [UInt8] = []
        let stop = try reader.take(
            until: { $0 == newline || $0 == separator }, into: &field, limit: Self.maximumByteCount)
        try check(field)
        guard stop == newline || stop == nil else { return (field, false) }
        nextLine += 1
        if field.last == carriageReturn { field.removeLast() }
        return (field, true)
    }

    private mutating func quotedField(before separator: UInt8) throws(Failure) -> ([UInt8], isLast: Bool) {
        _ = try reader.next()
        var field: [UInt8] = []
        while true {
            let stop = try reader.take(
                until: { $0 == quote || $0 == newline }, into: &field, limit: Self.maximumByteCount)
            try check(field)
            if stop == newline {
                nextLine += 1
                field.append(newline)
                continue
            }
            guard stop == quote else { throw bad("a quote without an end") }
            guard try reader.peek() == quote else { break }
            _ = try reader.next()
            field.append(quote)
        }
        var byte = try reader.next()
        if byte == carriageReturn { byte = try reader.next() }
        switch byte {
        case separator: return (field, false)
        case newline, nil:
            nextLine += 1
            return (field, true)
        default:
            let wanted = separator == Heading.tab ? "a tab" : "'\(Character(Unicode.Scalar(separator)))'"
            throw bad("expected \(wanted) or the end of the line after a quoted field")
        }
    }

    private func check(_ field: [UInt8]) throws(Failure) {
        guard field.count < Self.maximumByteCount else {
            throw bad("a text of \(Self.maximumByteCount) bytes or more is too large")
        }
    }
}

private let newline = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")
private let quote = UInt8(ascii: "\"")
