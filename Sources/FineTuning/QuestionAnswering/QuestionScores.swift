/// The official measures over a set of questions, in percent as the official scripts print them.
struct QuestionScores {
    struct Entry {
        let isImpossible: Bool
        /// By how much "no answer" outscores the best answer.
        let margin: Double
        /// Of what is answered at the given threshold.
        let given: AnswerScore
        /// Of the best answer whatever the threshold.
        let best: AnswerScore
    }

    let entries: [Entry]

    /// `exact_match` and `f1`; for sets with questions that have no answer also what `evaluate-v2.0` adds.
    func metrics(isVersion2: Bool) -> [MetricValue] {
        var metrics = Self.mean(entries, exact: "exact_match", f1: "f1")
        guard isVersion2 else { return metrics }
        metrics += Self.mean(entries.filter { !$0.isImpossible }, exact: "HasAns_exact", f1: "HasAns_f1")
        metrics += Self.mean(entries.filter(\.isImpossible), exact: "NoAns_exact", f1: "NoAns_f1")
        metrics += tuned("best_exact", \.exact)
        metrics += tuned("best_f1", \.f1)
        return metrics
    }

    private static func mean(_ entries: [Entry], exact: String, f1: String) -> [MetricValue] {
        guard !entries.isEmpty else { return [] }
        let count = Double(entries.count)
        return [
            MetricValue(name: exact, value: 100 * entries.reduce(0) { $0 + $1.given.exact } / count),
            MetricValue(name: f1, value: 100 * entries.reduce(0) { $0 + $1.given.f1 } / count),
        ]
    }

    private func tuned(_ name: String, _ measure: (AnswerScore) -> Double) -> [MetricValue] {
        let best = NullThreshold(
            entries.map {
                .init(margin: $0.margin, answerScore: measure($0.best), isImpossible: $0.isImpossible)
            })
        return [
            MetricValue(name: name, value: 100 * best.score),
            MetricValue(name: "\(name)_thresh", value: best.threshold),
        ]
    }
}
