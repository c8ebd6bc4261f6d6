/// What to say about a name that is not known.
package enum Spelling {
    /// Longer strings are nobody's misspelling, and are not repeated in full.
    private static let longestName = 40

    /// The one of `names` that is closest to `found` in any case of letters, if a third of it or less must change.
    ///
    /// The first of several that are equally close.
    package static func nearest(to found: String, among names: [String]) -> String? {
        let beginning = found.unicodeScalars.prefix(longestName + 1)
        guard !beginning.isEmpty, beginning.count <= longestName else { return nil }
        let found = Array(String(beginning).lowercased().unicodeScalars)
        let distances = names.map { distance(found, Array($0.lowercased().unicodeScalars)) }
        guard let index = distances.indices.min(by: { distances[$0] < distances[$1] }) else { return nil }
        return distances[index] <= max(1, names[index].count / 3) ? names[index] : nil
    }

    /// A name as synonyms are looked up: lower case, with `-` for `_` and for a space; what is too long to be a name is "".
    package static func folded(_ name: String) -> String {
        guard name.utf8.count <= 4 * longestName else { return "" }
        return String(name.lowercased().map { $0 == "_" || $0 == " " ? "-" : $0 })
    }

    /// The beginning of a string as it can stand in a sentence: control characters replaced, the rest cut off.
    package static func excerpt(_ string: String) -> String {
        let scalars = string.unicodeScalars.prefix(longestName).map { scalar in
            scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
        }
        let isWhole = string.unicodeScalars.dropFirst(longestName).isEmpty
        return String(String.UnicodeScalarView(scalars)) + (isWhole ? "" : "…")
    }

    /// Insertions, deletions and replacements that turn `first` into `second` (Levenshtein 1966).
    private static func distance(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
        var row = Array(0...second.count)
        for (i, scalar) in first.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in second.enumerated() {
                let replaced = diagonal + (scalar == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
            }
        }
        return row[second.count]
    }
}
