/// Counts of true and predicted intents.
struct IntentTable {
    let labels: [String]
    private(set) var confusion: [[Int]]
    private(set) var right = 0
    private let indices: [String: Int]

    init(labels: [String]) {
        self.labels = labels
        confusion = [[Int]](repeating: [Int](repeating: 0, count: labels.count), count: labels.count)
        indices = Dictionary(labels.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// An intent that is none of the labels has no row, and is never right.
    mutating func add(gold: String, predicted: Int) {
        guard let row = indices[gold] else { return }
        confusion[row][predicted] += 1
        if row == predicted { right += 1 }
    }

    var scores: [LabelScore] {
        labels.indices.map { index in
            let predicted = labels.indices.reduce(0) { $0 + confusion[$1][index] }
            let gold = confusion[index].reduce(0, +)
            let hits = Double(confusion[index][index])
            return LabelScore(
                label: labels[index], precision: predicted == 0 ? 0 : hits / Double(predicted),
                recall: gold == 0 ? 0 : hits / Double(gold), support: gold)
        }
    }
}
