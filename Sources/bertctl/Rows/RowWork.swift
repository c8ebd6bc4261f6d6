import Messages
package import Tasks

/// What is to be done with every row of a run.
package enum RowWork {
    case embed(EmbeddingOptions)
    case classify(maxTokens: Int?, isStrict: Bool)
    case tag(maxTokens: Int?, isStrict: Bool)
    case answer(AnswerOptions)

    var kind: Work.Kind {
        switch self {
        case .embed: .embed
        case .classify: .classify
        case .tag: .tagTokens
        case .answer: .answerQuestions
        }
    }

    /// What the ids of its jobs begin with.
    var prefix: String {
        switch self {
        case .embed: "embed"
        case .classify: "classify"
        case .tag: "tag"
        case .answer: "answer"
        }
    }

    /// What is said of it while it is under way.
    var title: String {
        switch self {
        case .embed: "embedding"
        case .classify: "classifying"
        case .tag: "tagging"
        case .answer: "answering"
        }
    }

    /// - Precondition: of a pair or a question, every row has its second text
    func work(on rows: [InputRow], by model: ModelReference) -> Work {
        let texts = rows.map(\.text)
        switch self {
        case .embed(let options):
            return .embed(
                Embed(
                    model: model, texts: texts, pooling: options.pooling?.rawValue,
                    layer: options.layer == -1 ? nil : options.layer, normalize: options.normalize,
                    dtype: options.resultType == .float32 ? nil : options.resultType.rawValue,
                    maxTokens: options.maxTokens, prompt: options.prompt, isStrict: options.strict))
        case .classify(let maxTokens, let isStrict):
            return .classify(
                Classify(
                    model: model, texts: texts, pairs: rows.compactMap(\.second), maxTokens: maxTokens,
                    isStrict: isStrict))
        case .tag(let maxTokens, let isStrict):
            return .tagTokens(TagTokens(model: model, texts: texts, maxTokens: maxTokens, isStrict: isStrict))
        case .answer(let options):
            let questions = zip(texts, rows.compactMap(\.second)).map { Question(question: $0, context: $1) }
            return .answerQuestions(
                AnswerQuestions(
                    model: model, questions: questions, nBest: options.nBest, maxAnswerTokens: options.maxAnswerTokens,
                    maxTokens: options.maxTokens, stride: options.stride, nullThreshold: options.nullThreshold,
                    isStrict: options.isStrict))
        }
    }
}

/// What can be asked of answers; what is not said is as the service has it.
package struct AnswerOptions {
    package var nBest: Int?
    package var maxAnswerTokens: Int?
    package var maxTokens: Int?
    package var stride: Int?
    package var nullThreshold: Double?
    package var isStrict = false

    package init() {}
}
