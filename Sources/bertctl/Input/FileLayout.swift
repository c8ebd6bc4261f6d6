import Foundation

/// How the rows of a file are told apart, and where their texts stand.
package enum FileLayout: Equatable {
    /// A text a line.
    case lines
    /// A JSON object a line; the texts are these members.
    case jsonLines(text: String, second: String?)
    /// Columns under a heading; the texts are these. What else than tabs separates columns the heading tells.
    case table(text: String, second: String?, hasTabs: Bool)

    /// As the file's name says: `.jsonl` and `.ndjson`, `.tsv` and `.tab`, and else a table.
    package init(path: String, text: String, second: String?) {
        switch URL(filePath: path).pathExtension.lowercased() {
        case "jsonl", "ndjson": self = .jsonLines(text: text, second: second)
        case let ending: self = .table(text: text, second: second, hasTabs: ["tsv", "tab"].contains(ending))
        }
    }
}
