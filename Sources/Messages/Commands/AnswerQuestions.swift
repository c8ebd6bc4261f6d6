import CMessages

/// Questions to spans of the texts that they are asked of, best first.
public struct AnswerQuestions: Equatable, Sendable {
    public var model: ModelReference
    public var questions: [Question]
    /// Answers a question, up to `Limits.maxAnswers`. Default: 1.
    public var nBest: Int?
    /// Default: 30.
    public var maxAnswerTokens: Int?
    /// Of a window: question, part of the context, special tokens. Default and upper bound: the model's own.
    public var maxTokens: Int?
    /// Tokens from one window to the next. Default: 128.
    public var stride: Int?
    /// No answer when it scores better by more than this. Default: the model's own.
    public var nullThreshold: Double?
    /// One bad text fails the job; otherwise a bad row fails alone.
    public var isStrict: Bool
    /// Result events carry the digest alone.
    public var wantsNotices: Bool

    public init(
        model: ModelReference, questions: [Question], nBest: Int? = nil, maxAnswerTokens: Int? = nil,
        maxTokens: Int? = nil, stride: Int? = nil, nullThreshold: Double? = nil, isStrict: Bool = false,
        wantsNotices: Bool = false
    ) {
        self.model = model
        self.questions = questions
        self.nBest = nBest
        self.maxAnswerTokens = maxAnswerTokens
        self.maxTokens = maxTokens
        self.stride = stride
        self.nullThreshold = nullThreshold
        self.isStrict = isStrict
        self.wantsNotices = wantsNotices
    }
}

extension AnswerQuestions: WireMessage {
    init(_ wire: Bertd__AnswerQuestions) throws(MessageError) {
        try Read.onlyKnownFields(wire.base, "answer_questions")
        model = try Read.modelReference(wire.has_model, wire.model, "model").required("model")
        try Read.checkRows(wire.n_questions, "questions")
        questions = try Read.messages(wire.n_questions, wire.questions)
        nBest = try Read.count(wire.has_n_best, wire.n_best, "n_best", upTo: Limits.maxAnswers)
        maxAnswerTokens = try Read.count(wire.has_max_answer_tokens, wire.max_answer_tokens, "max_answer_tokens")
        maxTokens = try Read.number(wire.has_max_tokens, wire.max_tokens, "max_tokens")
        stride = try Read.count(wire.has_stride, wire.stride, "stride")
        nullThreshold = try Read.finite(wire.has_null_threshold, wire.null_threshold, "null_threshold")
        isStrict = Read.bool(wire.has_strict, wire.strict) ?? false
        wantsNotices = Read.bool(wire.has_notices, wire.notices) ?? false
        if isStrict {
            try Read.checkUTF8(questions.map(\.question), "questions.question")
            try Read.checkUTF8(questions.map(\.context), "questions.context")
        }
    }

    func write(to wire: inout Bertd__AnswerQuestions, _ arena: Arena) {
        arena.put(model.description, &wire.has_model, &wire.model)
        (wire.n_questions, wire.questions) = arena.list(questions)
        arena.put(nBest, &wire.has_n_best, &wire.n_best)
        arena.put(maxAnswerTokens, &wire.has_max_answer_tokens, &wire.max_answer_tokens)
        arena.put(maxTokens, &wire.has_max_tokens, &wire.max_tokens)
        arena.put(stride, &wire.has_stride, &wire.stride)
        arena.put(nullThreshold, &wire.has_null_threshold, &wire.null_threshold)
        arena.put(isStrict, &wire.has_strict, &wire.strict)
        arena.put(wantsNotices, &wire.has_notices, &wire.notices)
    }
}
