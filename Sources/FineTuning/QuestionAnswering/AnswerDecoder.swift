/// Finds the best answers in the logits of a question's windows.
///
/// A span counts if its first piece has most context in the window that it is scored in, and it is not too long. The seed
/// searches the 20 best starts and the 20 best ends of a window; this search is complete, so that its best answer is at
/// least as good, and there is always one. The seed's threshold is obeyed (its page-era program overwrote it), and texts
/// are taken from the context by their exact place (it aligned two tokenizations, and gave whole words where that failed).
package struct AnswerDecoder: Sendable {
    package let nBest: Int
    package let maximumAnswerTokens: Int
    /// Whether "no answer" is one (SQuAD 2.0).
    package let allowsNoAnswer: Bool
    /// "No answer" is the first where its score exceeds the best answer's by more than this.
    package let nullThreshold: Float

    /// Spans kept for one that is returned: the same text at several places is one answer.
    private static let spare = 8

    package init(nBest: Int = 20, maximumAnswerTokens: Int = 30, allowsNoAnswer: Bool, nullThreshold: Float = 0) {
        precondition(nBest > 0 && maximumAnswerTokens > 0, "\(nBest) answers of \(maximumAnswerTokens) tokens")
        self.nBest = nBest
        self.maximumAnswerTokens = maximumAnswerTokens
        self.allowsNoAnswer = allowsNoAnswer
        self.nullThreshold = nullThreshold
    }

    /// At most ``nBest`` answers, best first; "no answer" has its rank among them where it is allowed.
    ///
    /// - Parameter logits: of each window, start and end of each token; `[windows][tokens, 2]`
    /// - Returns: nothing only where the context has no token and "no answer" is not allowed
    package func answers(to question: EncodedQuestion, logits: [[Float]]) -> [Answer] {
        let found = search(question, logits: logits, limit: nBest * Self.spare)
        var texts: Set<String> = []
        var entries: [(text: String, place: TextSpan, score: Float)] = []
        for span in found.spans where entries.count < nBest {
            let place = question.context.place(of: span.pieces)
            let text = place.text(in: question.context.text)
            if texts.insert(text).inserted { entries.append((text, place, span.score)) }
        }
        if allowsNoAnswer {
            let rank = entries.firstIndex { found.nullScore - $0.score > nullThreshold } ?? entries.count
            entries.insert(("", .none, found.nullScore), at: rank)
            if entries.count > nBest { entries.removeLast() }
        }
        let probabilities = Probabilities.softmax(entries.map(\.score))
        return zip(entries, probabilities).map { entry, probability in
            Answer(text: entry.text, place: entry.place, score: entry.score, probability: probability)
        }
    }

    /// The best `limit` spans over all windows, and the least score of "no answer" of any window.
    func search(
        _ question: EncodedQuestion, logits: some Collection<[Float]>, limit: Int
    ) -> (spans: [ScoredSpan], nullScore: Float) {
        precondition(
            logits.count == question.windows.count, "\(logits.count) outputs for \(question.windows.count) windows")
        var best = BestSpans(limit: limit)
        var nullScore = Float.infinity
        for (index, logits) in logits.enumerated() {
            let tokens = question.tokenCount(ofWindow: index)
            precondition(logits.count == 2 * tokens, "\(logits.count) logits for \(tokens) tokens")
            nullScore = min(nullScore, logits[0] + logits[1])
            logits.withUnsafeBufferPointer { search(question, window: index, logits: $0, into: &best) }
        }
        return (best.spans, nullScore)
    }

    private func search(
        _ question: EncodedQuestion, window index: Int, logits: UnsafeBufferPointer<Float>, into best: inout BestSpans
    ) {
        let window = question.windows[index]
        let offset = question.rowOffset(inWindow: index)
        let bestEnd = window.reduce(-Float.infinity) { max($0, logits[2 * ($1 + offset) + 1]) }
        for start in window where question.owners[start] == index {
            let startScore = logits[2 * (start + offset)]
            guard best.admits(startScore + bestEnd) else { continue }
            for end in start..<min(start + maximumAnswerTokens, window.upperBound) {
                let score = startScore + logits[2 * (end + offset) + 1]
                if best.admits(score) { best.insert(ScoredSpan(score: score, pieces: start...end)) }
            }
        }
    }
}

extension EncodedContext {
    /// From the first character of the first piece to the last of the last.
    func place(of pieces: ClosedRange<Int>) -> TextSpan {
        places[pieces.lowerBound].through(places[pieces.upperBound])
    }
}
