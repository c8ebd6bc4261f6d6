import Tensors

/// The rows of a training file that become its development set, where there is no file for that and rows have no label to
/// be shared out by.
///
/// One row in ten, but at least a hundred and at most every other one, chosen by the seed. Rows of a group stay together:
/// equal sentences, questions about one context.
struct HeldBackGroups {
    /// Indices of rows.
    let rows: Set<Int>
    /// The split on paper, `split.json`; rows count from 1.
    let record: PredictionsFile

    private static let leastRows = 100

    /// - Parameters:
    ///   - keys: of each row, the group that it belongs to
    ///   - file: for errors
    init<Key: Hashable>(keys: [Key], fraction: Double, seed: Int, file: String) throws(FineTuningError) {
        var places: [Key: Int] = [:]
        var groups: [[Int]] = []
        for (row, key) in keys.enumerated() {
            if let place = places[key] {
                groups[place].append(row)
            } else {
                places[key] = groups.count
                groups.append([row])
            }
        }
        var random = SplitMix(seed: UInt64(bitPattern: Int64(seed)), stream: 0x5b11)
        random.shuffle(&groups)
        let wanted = min(max(Int((Double(keys.count) * fraction).rounded(.up)), Self.leastRows), keys.count / 2)
        var held: [Int] = []
        for group in groups where held.count + group.count <= wanted { held += group }
        guard !held.isEmpty else {
            throw .invalidData(
                file: file, line: nil, field: nil,
                expected: "rows that can be held back for development, or a file for it",
                found: "\(keys.count) rows in \(groups.count) groups")
        }
        rows = Set(held)
        let numbers = held.sorted().map { "\($0 + 1)" }.joined(separator: ", ")
        record = PredictionsFile(
            name: "split.json",
            text: """
                {"seed": \(seed), "fraction": \(fraction), "rows": \(keys.count),
                 "dev_rows": [\(numbers)]}

                """)
    }

    /// Elements that stay, and those that are held back.
    func parts<Element>(of elements: [Element]) -> (training: [Element], development: [Element]) {
        let parts = Dictionary(grouping: elements.indices) { rows.contains($0) }
        return ((parts[false] ?? []).map { elements[$0] }, (parts[true] ?? []).map { elements[$0] })
    }
}
