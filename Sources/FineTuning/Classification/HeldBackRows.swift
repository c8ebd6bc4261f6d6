import BERT
import Tensors

/// The rows of a training file that become its development set, where there is no file for that.
///
/// One row in ten, but at least a hundred and at most every other one, chosen by the seed so that labels are as frequent as
/// in the whole file (of numbers: tenths of their range of ranks). Rows with the same texts stay together, and a label's
/// last rows stay in the training set.
struct HeldBackRows {
    /// Indices of rows, ascending.
    let rows: [Int]

    private static let leastRows = 100
    private static let ranks = 10

    /// - Parameters:
    ///   - file: the training file
    ///   - targets: of its rows
    init(of file: LabelledFile, targets: [Target], fraction: Double, seed: Int) throws(FineTuningError) {
        let count = file.rows.count
        guard count > 1 else {
            throw .invalidData(
                file: file.file, line: nil, field: nil,
                expected: "two rows or more, of which some are held back for development", found: "\(count)")
        }
        let strata = Self.strata(targets)
        var groups = Self.groups(file)
        var random = SplitMix(seed: UInt64(bitPattern: Int64(seed)), stream: 0x5b11)
        random.shuffle(&groups)

        let wanted = min(max(Int((Double(count) * fraction).rounded(.up)), Self.leastRows), count / 2)
        var quotas = Self.quotas(strata, of: wanted)
        // Rows of each label that are left for training.
        let labels = targets.map(\.index)
        var left = Self.counts(labels)
        var held: [Int] = []
        for group in groups {
            let wanted = Self.counts(group.map { strata[$0] })
            let taken = Self.counts(group.map { labels[$0] })
            guard wanted.allSatisfy({ quotas[$0.key] >= $0.value }),
                taken.allSatisfy({ left[$0.key, default: 0] > $0.value })
            else { continue }
            for (stratum, rows) in wanted { quotas[stratum] -= rows }
            left.merge(taken, uniquingKeysWith: -)
            held += group
        }
        rows = held.sorted()
        guard !rows.isEmpty else {
            throw .invalidData(
                file: file.file, line: nil, field: nil,
                expected: "rows that can be held back for development, or a file for it",
                found: "too few rows that are neither duplicates nor the only ones of their label")
        }
    }

    /// Rows with the same texts, in the order of the first of them.
    private static func groups(_ file: LabelledFile) -> [[Int]] {
        var places: [[String?]: Int] = [:]
        var groups: [[Int]] = []
        for (index, row) in file.rows.enumerated() {
            if let place = places[row.texts] {
                groups[place].append(index)
            } else {
                places[row.texts] = groups.count
                groups.append([index])
            }
        }
        return groups
    }

    /// The stratum of each row, from 0: its label, or the tenth that its number is in.
    private static func strata(_ targets: [Target]) -> [Int] {
        let numbers = targets.map { target -> Float in if case .value(let value) = target { value } else { 0 } }
        let order = targets.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
        var strata = [Int](repeating: 0, count: targets.count)
        for (rank, row) in order.enumerated() {
            strata[row] = targets[row].index ?? rank * ranks / order.count
        }
        return strata
    }

    private static func counts(_ labels: [Int?]) -> [Int: Int] {
        labels.compactMap(\.self).reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }

    /// How many rows of each stratum are held back: its share of `wanted`, the largest rests rounded up.
    private static func quotas(_ strata: [Int], of wanted: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: (strata.max() ?? 0) + 1)
        for stratum in strata { counts[stratum] += 1 }
        var quotas = counts.map { $0 * wanted / strata.count }
        let rests = counts.indices.sorted {
            (counts[$1] * wanted % strata.count, $0) < (counts[$0] * wanted % strata.count, $1)
        }
        for stratum in rests.prefix(wanted - quotas.reduce(0, +)) { quotas[stratum] += 1 }
        return quotas
    }
}

extension Target {
    fileprivate var index: Int? { if case .label(let index) = self { index } else { nil } }
}
