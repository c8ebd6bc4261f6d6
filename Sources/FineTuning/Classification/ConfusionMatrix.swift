/// How often each true label was given each label.
struct ConfusionMatrix: Equatable {
    /// By true label (row) and predicted label (column). `[labels][labels]`
    private(set) var counts: [[Int]]

    init(labels: Int) {
        counts = [[Int]](repeating: [Int](repeating: 0, count: labels), count: labels)
    }

    mutating func add(truth: Int, predicted: Int) { counts[truth][predicted] += 1 }

    var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
    private var right: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
    private func truths(_ label: Int) -> Int { counts[label].reduce(0, +) }
    private func predictions(_ label: Int) -> Int { counts.reduce(0) { $0 + $1[label] } }

    var accuracy: Double { ratio(Double(right), Double(total)) }

    func precision(_ label: Int) -> Double { ratio(Double(counts[label][label]), Double(predictions(label))) }
    func recall(_ label: Int) -> Double { ratio(Double(counts[label][label]), Double(truths(label))) }
    func f1(_ label: Int) -> Double {
        ratio(2 * Double(counts[label][label]), Double(truths(label) + predictions(label)))
    }

    /// The mean of the labels' F1, over those that are true or were given at least once (scikit-learn's).
    var macroF1: Double {
        let seen = counts.indices.filter { truths($0) + predictions($0) > 0 }
        return ratio(seen.reduce(0) { $0 + f1($1) }, Double(seen.count))
    }

    /// The mean of the labels' F1, each as often as it is true.
    var weightedF1: Double {
        ratio(counts.indices.reduce(0) { $0 + f1($1) * Double(truths($1)) }, Double(total))
    }

    /// Matthews' correlation coefficient of any number of labels (Gorodkin 2004, eq. 8); 0 where one side is constant.
    var matthews: Double {
        let (n, c) = (Double(total), Double(right))
        var (both, truth, given) = (0.0, 0.0, 0.0)
        for label in counts.indices {
            let (t, p) = (Double(truths(label)), Double(predictions(label)))
            both += t * p
            truth += t * t
            given += p * p
        }
        return ratio(c * n - both, ((n * n - truth) * (n * n - given)).squareRoot())
    }

    func scores(_ labels: [String]) -> [LabelScore] {
        labels.enumerated().map { index, label in
            LabelScore(label: label, precision: precision(index), recall: recall(index), support: truths(index))
        }
    }

    private func ratio(_ part: Double, _ whole: Double) -> Double { whole == 0 ? 0 : part / whole }
}
