import BERT

/// The questions of a file before their windows; one example a window.
struct QuestionSet: Sendable {
    let questions: [Question]
    let encoded: [EncodedQuestion]
    /// The examples of each question.
    let windows: [Range<Int>]
    let examples: [Example]
    /// Tokens of each question with its whole context, before any cut.
    let lengths: [Int]

    /// - Parameter keepsPlaces: whether answers are to be found in the contexts later
    init(_ file: QuestionFile, encoder: QuestionEncoder, keepsPlaces: Bool) {
        var encoded: [EncodedQuestion] = []
        var windows: [Range<Int>] = []
        var examples: [Example] = []
        var lengths: [Int] = []
        var context: (index: Int, encoded: EncodedContext)?
        for question in file.questions {
            let about: EncodedContext
            if let context, context.index == question.context {
                about = context.encoded
            } else {
                about = encoder.encode(context: file.contexts[question.context])
                context = (question.context, about)
            }
            let input = encoder.encode(question: question.text, context: about)
            let first = examples.count
            examples += Self.examples(of: input, answers: question.answers)
            windows.append(first..<examples.count)
            lengths.append(input.query.count + input.droppedTokens + about.ids.count + 1)
            if keepsPlaces { encoded.append(input) }
        }
        (questions, self.encoded, self.windows) = (file.questions, encoded, windows)
        (self.examples, self.lengths) = (examples, lengths)
    }

    /// The target is the first answer: where it is not wholly in a window, and where there is none, it is [CLS].
    private static func examples(of input: EncodedQuestion, answers: [Question.GoldAnswer]?) -> [Example] {
        let answer = answers?.first.flatMap { input.context.pieces(touching: $0.bytes) }
        return input.windows.indices.map { window in
            let target = input.target(of: answer, inWindow: window)
            return Example(
                ids: input.ids(ofWindow: window), types: input.types(ofWindow: window),
                target: answers == nil ? .unknown : .span(start: target.start, end: target.end),
                droppedTokens: input.droppedTokens)
        }
    }
}
