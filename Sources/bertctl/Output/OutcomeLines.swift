import Client
import Messages

/// One JSON object a row: all that is known of it.
final class OutcomeLines: RowOutput {
    private let file: LineFile
    private let kind: Work.Kind

    init(_ path: String, _ kind: Work.Kind) throws(Failure) {
        file = try LineFile(try PartialFile(path))
        self.kind = kind
    }

    func append(_ result: JobResult, rows: [InputRow], firstRow: Int) throws {
        let columns = OutcomeColumns(kind, result)
        for row in OutcomeRows(result) {
            let input = row.index < rows.count ? rows[row.index] : nil
            try file.append(Array(row.json(columns, input, firstRow: firstRow).text.utf8))
        }
    }

    func finish() throws { try file.finish() }
}
