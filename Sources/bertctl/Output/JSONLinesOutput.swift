import Client

/// One JSON object a text: row, text, tokens, vector.
final class JSONLinesOutput: RowOutput {
    private let file: LineFile

    init(_ file: PartialFile) throws(Failure) {
        self.file = try LineFile(file)
    }

    func append(_ result: JobResult, rows: [InputRow], firstRow: Int) throws {
        for row in VectorRows(result) {
            let text = row.index < rows.count ? rows[row.index].text : nil
            try file.append(Array(row.json(text: text, firstRow: firstRow).text.utf8))
        }
    }

    func finish() throws { try file.finish() }
}
