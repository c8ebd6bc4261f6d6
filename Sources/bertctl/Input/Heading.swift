/// The first line of a table, and what it tells of the rest: names of columns, and what stands between them.
package struct Heading: Equatable {
    package let names: [String]
    package let separator: UInt8
    /// Whether quotes stand around fields that hold separators, quotes or line breaks (RFC 4180), or are text.
    package let hasQuotes: Bool

    package static let tab = UInt8(ascii: "\t")

    /// Spreadsheets write commas, semicolons where the comma is in numbers, and tabs.
    private static let separators = [UInt8(ascii: ","), UInt8(ascii: ";"), tab, UInt8(ascii: "|")]

    package init(names: [String], separator: UInt8, hasQuotes: Bool) {
        self.names = names
        self.separator = separator
        self.hasQuotes = hasQuotes
    }

    /// - Parameters:
    ///   - hasTabs: known from the file's name; else the separator is the one that finds the columns that are wanted, or
    ///     that makes the most columns
    ///   - wanted: names of columns; with tabs, quotes are text unless these are found only without them
    init(_ line: [UInt8], hasTabs: Bool, wanted: [String]) {
        func finds(_ names: [String]) -> Bool { wanted.allSatisfy(names.contains) }
        guard !hasTabs else {
            let plain = line.split(separator: Self.tab, omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            let quoted = Self.fields(of: line, Self.tab)
            let hasQuotes = !finds(plain) && finds(quoted)
            self.init(names: hasQuotes ? quoted : plain, separator: Self.tab, hasQuotes: hasQuotes)
            return
        }
        let candidates = Self.separators.map { (separator: $0, names: Self.fields(of: line, $0)) }
        let best = candidates.first { finds($0.names) } ?? candidates.max { $0.names.count < $1.names.count }
        self.init(names: best?.names ?? [], separator: best?.separator ?? UInt8(ascii: ","), hasQuotes: true)
    }

    var separation: RecordReader.Separation { hasQuotes ? .quoted(separator) : .tabs }

    /// The names, without the quotes around them.
    private static func fields(of line: [UInt8], _ separator: UInt8) -> [String] {
        let quote = UInt8(ascii: "\"")
        var fields: [[UInt8]] = [[]]
        var isOpen = false
        var wasClosed = false
        for byte in line {
            let last = fields.count - 1
            if byte == quote, isOpen || wasClosed || fields[last].isEmpty {
                // A second quote opens what the first has closed, and stands for itself.
                if wasClosed { fields[last].append(quote) }
                wasClosed = isOpen
                isOpen.toggle()
            } else if byte == separator, !isOpen {
                fields.append([])
                wasClosed = false
            } else {
                fields[last].append(byte)
                wasClosed = false
            }
        }
        return fields.map { String(decoding: $0, as: UTF8.self) }
    }
}
