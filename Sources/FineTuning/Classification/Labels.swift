import BERT
import Tasks

/// What the rows of a task may yield: one of a list of labels, or a number.
enum Labels: Sendable, Equatable {
    case names([String])
    case numbers

    /// More different labels than anybody's classes.
    private static let most = 1000

    /// The labels of a training file, sorted: by value if all are numbers, else by their scalars.
    init(training file: LabelledFile) throws(FineTuningError) {
        var seen: Set<String> = []
        for row in file.rows {
            let label = row.label ?? ""
            guard !label.isEmpty else { throw file.invalid(row, expected: "a label", found: "nothing") }
            seen.insert(label)
            guard seen.count <= Self.most else {
                throw file.invalid(
                    row, expected: "at most \(Self.most) different labels, or a task of regression for numbers",
                    found: "one more, '\(Spelling.excerpt(label))'")
            }
        }
        guard seen.count > 1 else {
            throw .invalidData(
                file: file.file, line: nil, field: file.labelField, expected: "two different labels or more",
                found: Self.list(Array(seen)))
        }
        self = .names(Self.sorted(Array(seen)))
    }

    /// `id2label`; empty for numbers.
    var all: [String] {
        switch self {
        case .names(let names): names
        case .numbers: []
        }
    }

    /// What each row of a file is to yield; unknown only where the file has no labels at all.
    func targets(of file: LabelledFile) throws(FineTuningError) -> [Target] {
        let indices = Dictionary(all.enumerated().map { ($1, $0) }) { first, _ in first }
        var targets: [Target] = []
        targets.reserveCapacity(file.rows.count)
        for row in file.rows {
            switch (self, row.label) {
            case (_, nil): targets.append(.unknown)
            case (.names, let label?):
                guard let index = indices[label] else {
                    let found = label.isEmpty ? "nothing" : "'\(Spelling.excerpt(label))'"
                    throw file.invalid(row, expected: "one of \(Self.list(all))", found: found)
                }
                targets.append(.label(index))
            case (.numbers, let label?):
                guard let value = Float(label.filter { $0 != " " }), value.isFinite else {
                    let found = label.isEmpty ? "nothing" : "'\(Spelling.excerpt(label))'"
                    throw file.invalid(row, expected: "a number", found: found)
                }
                targets.append(.value(value))
            }
        }
        return targets
    }

    private static func sorted(_ labels: [String]) -> [String] {
        let numbers = labels.compactMap(Double.init)
        if numbers.count == labels.count, numbers.allSatisfy(\.isFinite) {
            return zip(numbers, labels).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
        }
        return labels.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
    }

    private static func list(_ labels: [String]) -> String {
        let shown = labels.prefix(20).map { "'\(Spelling.excerpt($0))'" }.joined(separator: ", ")
        return labels.count > 20 ? "\(shown) and \(labels.count - 20) more" : shown
    }
}
