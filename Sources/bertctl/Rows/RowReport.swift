package import Messages

/// What is to be told about single rows at the end of a run: how many, and which the first ones were.
package struct RowReport {
    private struct Kind {
        var count = 0
        /// Counted from 1, as an editor counts lines.
        var rows: [Int] = []
        var reason: String?
    }

    private var truncated = Kind()
    private var empty = Kind()
    private var rejected = Kind()

    private static let namedRows = 10

    package init() {}

    package var rejectedCount: Int { rejected.count }

    package mutating func add(_ notes: [RowNote], firstRow: Int) {
        for note in notes {
            let row = firstRow + note.row + 1
            switch note.status {
            case .truncated: Self.count(row, nil, in: &truncated)
            case .empty: Self.count(row, nil, in: &empty)
            case .rejected(let error): Self.count(row, error.message, in: &rejected)
            case .unrecognised: break
            }
        }
    }

    /// One sentence a kind of row, on stderr.
    package func tell() {
        for sentence in sentences { Print.note(sentence) }
    }

    package var sentences: [String] {
        [
            Self.sentence("truncated to the model's limit", truncated), Self.sentence("empty", empty),
            Self.sentence("rejected", rejected),
        ].compactMap { $0 }
    }

    private static func count(_ row: Int, _ reason: String?, in kind: inout Kind) {
        kind.count += 1
        if kind.rows.count < namedRows { kind.rows.append(row) }
        if kind.reason == nil { kind.reason = reason }
    }

    private static func sentence(_ word: String, _ kind: Kind) -> String? {
        guard kind.count > 0 else { return nil }
        let rows = kind.rows.map(String.init).joined(separator: ", ") + (kind.count > kind.rows.count ? ", …" : "")
        let reason = kind.reason.map { "; the first: \($0)" } ?? ""
        return "\(kind.count) \(kind.count == 1 ? "row" : "rows") \(word): \(rows)\(reason)"
    }
}
