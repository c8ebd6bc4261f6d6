/// The threshold for "no answer" at which a set would have scored best, as `evaluate-v2.0` searches it.
struct NullThreshold: Equatable {
    /// The mean score at the threshold, from 0 to 1.
    var score: Double
    /// "No answer" is given where its score exceeds the best answer's by more than this.
    var threshold: Double

    /// A question's outcome: by how much "no answer" outscores the best answer, what that answer is worth, and what "no
    /// answer" is worth.
    struct Outcome {
        let margin: Double
        let answerScore: Double
        let isImpossible: Bool
    }

    /// Unlike the script, questions with equal margins are taken together, and where no answer at all is best, the
    /// threshold says so (the script says 0).
    init(_ outcomes: [Outcome]) {
        precondition(!outcomes.isEmpty, "no outcome")
        let sorted = outcomes.sorted { $0.margin < $1.margin }
        var sum = Double(outcomes.count(where: \.isImpossible))
        var best = (sum: sum, threshold: sorted[0].margin.nextDown)
        for (index, outcome) in sorted.enumerated() {
            sum += outcome.isImpossible ? -1 : outcome.answerScore
            let isLastOfItsMargin = index + 1 == sorted.count || sorted[index + 1].margin > outcome.margin
            if isLastOfItsMargin, sum > best.sum { best = (sum, outcome.margin) }
        }
        score = best.sum / Double(outcomes.count)
        threshold = best.threshold
    }
}
