import Foundation
import Tasks

/// The rows of a file for classification or regression: one text or two, and what they are to yield.
struct LabelledFile: Sendable {
    struct Row: Sendable, Equatable {
        /// In the file, from 1.
        let line: Int
        let text: String
        let text2: String?
        /// nil where the file has no labels.
        let label: String?
    }

    let file: String
    /// The label's column, as errors name it.
    let labelField: String
    let rows: [Row]

    /// An error at the label of a row.
    func invalid(_ row: Row, expected: String, found: String) -> FineTuningError {
        .invalidData(file: file, line: row.line, field: labelField, expected: expected, found: found)
    }
}

extension LabelledFile {
    /// Reads a named task's official file, or a person's own.
    init(_ url: URL, role: DataRole, request: TrainingRequest) throws(FineTuningError) {
        try self.init(try TextFile(url), role: role, task: request.task, columns: request.columns)
    }

    init(_ text: TextFile, role: DataRole, task: TaskName, columns: DataColumns) throws(FineTuningError) {
        let table: Table
        let labelField: String
        var aliases: [String: String] = [:]
        if let layout = OfficialLayout.of(task) {
            table = try layout.table(text, role: role)
            labelField = layout.label.name
            aliases = layout.aliases
        } else {
            let names = [columns.text, columns.text2, columns.label].compactMap(\.self)
            table = try Table(text, columns: names, optional: role == .test ? [columns.label] : [])
            labelField = columns.label
        }
        let rows = table.rows.map { row in
            let label = row.values[row.values.count - 1]
            return Row(
                line: row.line, text: row.values[0] ?? "", text2: row.values.count > 2 ? row.values[1] : nil,
                label: label.map { aliases[$0] ?? $0 })
        }
        self.init(file: table.file, labelField: labelField, rows: rows)
    }
}

extension LabelledFile.Row {
    /// What makes two rows duplicates.
    var texts: [String?] { [text, text2] }
}
