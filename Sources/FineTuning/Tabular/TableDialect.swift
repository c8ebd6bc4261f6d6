/// How a table's bytes are cut in fields.
struct TableDialect: Equatable, Sendable {
    let delimiter: UInt8
    /// Whether a quote at the beginning of a field encloses it (RFC 4180), or is text like any other byte.
    let hasQuotes: Bool

    /// GLUE's: tabs, and quotes are text.
    static let plainTabs = TableDialect(delimiter: UInt8(ascii: "\t"), hasQuotes: false)

    /// What people separate columns with, the likeliest first.
    private static let delimiters = ",\t;|".utf8

    /// Records from the beginning of a file that have to look alike.
    private static let sampledRecords = 20

    /// Finds out how a file with a header is written.
    ///
    /// The delimiter is the one whose header names the wanted columns, whose first records have as many fields as the
    /// header, and whose header has the most fields, in that order. Quotes enclose fields, unless tabs separate them and the
    /// file as a whole makes sense only with quotes as text: spreadsheets enclose fields with tabs, corpora never do.
    static func sniffed(_ bytes: [UInt8], file: String, columns: [String]) -> TableDialect {
        var best = (dialect: TableDialect(delimiter: UInt8(ascii: ","), hasQuotes: true), score: [0, 0, 0])
        for delimiter in delimiters {
            let dialect = TableDialect(delimiter: delimiter, hasQuotes: true)
            let score = score(dialect, bytes, file: file, columns: columns)
            if best.score.lexicographicallyPrecedes(score) { best = (dialect, score) }
        }
        guard best.dialect.delimiter == plainTabs.delimiter, !isWellFormed(best.dialect, bytes, file: file),
            isWellFormed(plainTabs, bytes, file: file)
        else { return best.dialect }
        return plainTabs
    }

    private static func score(_ dialect: TableDialect, _ bytes: [UInt8], file: String, columns: [String]) -> [Int] {
        var reader = TableReader(bytes, dialect, file: file)
        guard let header = try? reader.next()?.fields else { return [0, 0, 0] }
        let named = columns.count { header.contains($0) }
        var alike = header.count > 1 ? 1 : 0
        for _ in 0..<sampledRecords {
            // A record that cannot be read is not like the header.
            guard let record = try? reader.next() else { break }
            if record.fields.count != header.count { alike = 0 }
        }
        return [named, alike, header.count]
    }

    /// Whether every record can be read and has as many fields as the first.
    private static func isWellFormed(_ dialect: TableDialect, _ bytes: [UInt8], file: String) -> Bool {
        var reader = TableReader(bytes, dialect, file: file)
        var count: Int?
        do {
            while let record = try reader.next() {
                guard record.fields.count == count ?? record.fields.count else { return false }
                count = record.fields.count
            }
            return true
        } catch {
            return false
        }
    }
}
