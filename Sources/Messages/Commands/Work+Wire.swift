import CMessages

extension Work {
    /// The fields of a command's body, and what they are called in a sentence.
    static let bodyFields: Set<UInt64> = Set(
        [
            BERTD__COMMAND__BODY_EMBED, BERTD__COMMAND__BODY_CLASSIFY, BERTD__COMMAND__BODY_TAG_TOKENS,
            BERTD__COMMAND__BODY_ANSWER_QUESTIONS, BERTD__COMMAND__BODY_FINE_TUNE, BERTD__COMMAND__BODY_EVALUATE,
        ].map { UInt64($0.rawValue) })
    static let bodyNames = Kind.allCases.map(\.rawValue).joined(separator: ", ")

    /// The body of a command, of a client's or of a lease; nil where it is another.
    init?(_ wire: Bertd__Command) throws(MessageError) {
        switch wire.body_case {
        case BERTD__COMMAND__BODY_EMBED: self = .embed(try Read.message(wire.embed).required("embed"))
        case BERTD__COMMAND__BODY_CLASSIFY: self = .classify(try Read.message(wire.classify).required("classify"))
        case BERTD__COMMAND__BODY_TAG_TOKENS:
            self = .tagTokens(try Read.message(wire.tag_tokens).required("tag_tokens"))
        case BERTD__COMMAND__BODY_ANSWER_QUESTIONS:
            self = .answerQuestions(try Read.message(wire.answer_questions).required("answer_questions"))
        case BERTD__COMMAND__BODY_FINE_TUNE: self = .fineTune(try Read.message(wire.fine_tune).required("fine_tune"))
        case BERTD__COMMAND__BODY_EVALUATE: self = .evaluate(try Read.message(wire.evaluate).required("evaluate"))
        default: return nil
        }
    }

    func write(to wire: inout Bertd__Command, _ arena: Arena) {
        switch self {
        case .embed(let embed):
            wire.body_case = BERTD__COMMAND__BODY_EMBED
            wire.embed = arena.message(embed)
        case .classify(let classify):
            wire.body_case = BERTD__COMMAND__BODY_CLASSIFY
            wire.classify = arena.message(classify)
        case .tagTokens(let tag):
            wire.body_case = BERTD__COMMAND__BODY_TAG_TOKENS
            wire.tag_tokens = arena.message(tag)
        case .answerQuestions(let answer):
            wire.body_case = BERTD__COMMAND__BODY_ANSWER_QUESTIONS
            wire.answer_questions = arena.message(answer)
        case .fineTune(let fineTune):
            wire.body_case = BERTD__COMMAND__BODY_FINE_TUNE
            wire.fine_tune = arena.message(fineTune)
        case .evaluate(let evaluate):
            wire.body_case = BERTD__COMMAND__BODY_EVALUATE
            wire.evaluate = arena.message(evaluate)
        }
    }
}
