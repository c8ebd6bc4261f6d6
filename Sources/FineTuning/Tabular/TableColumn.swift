import Tasks

/// Where a value stands in the records of a table.
enum TableColumn: Equatable, Sendable {
    /// Under a heading, the first of these that there is.
    case headings([String])
    /// At a place, from 0, in a table without headings.
    case place(Int)

    static func heading(_ name: String) -> TableColumn { .headings([name]) }

    /// As errors name it.
    var name: String {
        switch self {
        case .headings(let names): names[0]
        case .place(let place): "column \(place + 1)"
        }
    }

    /// The place under the headings.
    func place(under headings: TableReader.Record, file: String) throws(FineTuningError) -> Int {
        switch self {
        case .place(let place): return place
        case .headings(let names):
            guard let place = names.lazy.compactMap(headings.fields.firstIndex).first else {
                throw .missingColumn(self, in: headings.fields, file: file, line: headings.line)
            }
            return place
        }
    }
}

extension FineTuningError {
    /// A column that is not there, with those that are, and the one that was probably meant.
    static func missingColumn(
        _ column: TableColumn, in found: [String], file: String, line: Int
    ) -> FineTuningError {
        let nearest = Spelling.nearest(to: column.name, among: found)
        let shown = found.prefix(30).map { "'\(Spelling.excerpt($0))'" }.joined(separator: ", ")
        let rest = found.count > 30 ? " and \(found.count - 30) more" : ""
        let hint = nearest.map { "; did you mean '\(Spelling.excerpt($0))'?" } ?? ""
        return .invalidData(
            file: file, line: line, field: column.name, expected: "a column of this name", found: shown + rest + hint)
    }
}
