import BERT

/// What another maximum length would cut and cost, where examples were cut.
///
/// The cost is that of the tokens alone; attention, whose cost grows with their square, is a small part of it.
struct LengthAdvice: Equatable {
    struct Choice: Equatable {
        let maximumTokens: Int
        /// Training examples that it would still cut.
        let cutRows: Int
        /// Tokens of an epoch, over those there are now.
        let factor: Double
    }

    let maximumTokens: Int
    let cutRows: Int
    /// Twice the length, and again, up to the first that cuts nothing or to the model's limit.
    let choices: [Choice]

    /// nil where nothing was cut, where the model takes no more, and for questions, whose contexts are never cut.
    ///
    /// - Parameter limit: tokens that the model takes
    init?(_ task: any TrainingTask, limit: Int) {
        let current = task.survey.maximumTokens
        let lengths = task.training.map { $0.tokenCount + $0.droppedTokens }
        let cut = task.training.count { $0.droppedTokens > 0 }
        let tokens = task.training.reduce(0) { $0 + $1.tokenCount }
        guard task.head != .span, cut > 0, current < limit else { return nil }
        var choices: [Choice] = []
        var length = current
        repeat {
            length = min(limit, 2 * length)
            choices.append(
                Choice(
                    maximumTokens: length, cutRows: lengths.count { $0 > length },
                    factor: Double(lengths.reduce(0) { $0 + min($1, length) }) / Double(tokens)))
        } while length < limit && choices.last?.cutRows != 0
        (maximumTokens, cutRows, self.choices) = (current, cut, choices)
    }

    /// `40 training rows are cut at 128 tokens; at 256 it would be 3, for 1.12 times the tokens an epoch`
    var sentence: String {
        let now = "\(cutRows) training \(cutRows == 1 ? "row is" : "rows are") cut at \(maximumTokens) tokens"
        let others = choices.enumerated().map { index, choice in
            let hundredths = Int((choice.factor * 100).rounded())
            let factor = "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
            let count = choice.cutRows == 0 ? "none" : "\(choice.cutRows)"
            return "at \(choice.maximumTokens) it would be \(count), for \(factor) times the tokens"
                + (index == 0 ? " an epoch" : "")
        }
        return ([now] + others).joined(separator: "; ")
    }
}
