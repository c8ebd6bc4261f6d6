/// The values of a row that were asked for.
struct TableRow: Sendable, Equatable {
    /// In the file, from 1.
    let line: Int
    /// In the order of the columns asked for; nil where a column may be missing, and is.
    let values: [String?]
}
