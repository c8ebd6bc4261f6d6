import Messages
package import Tasks

/// What is asked of a model, its rows apart; rows of equal options can share a forward pass.
package enum WorkOptions: Sendable, Hashable {
    case embed(EmbeddingOptions)
    case classify(ClassificationOptions)
    case tag(TaggingOptions)
    case answer(AnswerOptions)

    /// Whether one rejected row fails the whole lease.
    var isStrict: Bool {
        switch self {
        case .embed(let options): options.strict
        case .classify(let options): options.isStrict
        case .tag(let options): options.isStrict
        case .answer(let options): options.isStrict
        }
    }
}

/// Limits are special tokens included; nil is the model's own.
package struct ClassificationOptions: Sendable, Hashable {
    package var maxTokens: Int?
    package var isStrict = false
}

package struct TaggingOptions: Sendable, Hashable {
    package var maxTokens: Int?
    package var isStrict = false
}

package struct AnswerOptions: Sendable, Hashable {
    /// Answers a question.
    package var nBest = 1
    package var maxAnswerTokens = 30
    /// Of a window, special tokens included; nil: as many as the model was trained with, or takes.
    package var maxTokens: Int?
    /// Tokens from one window to the next; no more than a window has room for.
    package var stride = 128
    /// nil: the model's own, and where it was not trained to give none, every question has an answer.
    package var nullThreshold: Double?
    package var isStrict = false
}

extension Lease {
    /// The rows of the lease, and what is asked of them.
    ///
    /// - Throws: for options that nothing can be done with, and for work that has no rows
    func asked() throws(ServiceError) -> (options: WorkOptions, inputs: [RowInput]) {
        switch work {
        case .embed(let embed):
            return (.embed(try EmbeddingOptions(embed)), embed.texts.map { RowInput($0) })
        case .classify(let classify):
            let least = classify.pairs.isEmpty ? Self.leastTokens : Self.leastTokensOfPair
            let options = ClassificationOptions(
                maxTokens: try Self.limit(classify.maxTokens, atLeast: least), isStrict: classify.isStrict)
            let seconds: [Text?] = classify.pairs.isEmpty ? classify.texts.map { _ in nil } : classify.pairs
            return (.classify(options), zip(classify.texts, seconds).map { RowInput($0, $1) })
        case .tagTokens(let tag):
            let options = TaggingOptions(
                maxTokens: try Self.limit(tag.maxTokens, atLeast: Self.leastTokens), isStrict: tag.isStrict)
            return (.tag(options), tag.texts.map { RowInput($0) })
        case .answerQuestions(let answer):
            return (
                .answer(try Self.options(answer)), answer.questions.map { RowInput($0.question, $0.context) }
            )
        case .fineTune, .evaluate:
            throw ServiceError(.unsupported, "expected work of inference, found a run: this worker trains nothing")
        }
    }

    private static func options(_ answer: AnswerQuestions) throws(ServiceError) -> AnswerOptions {
        var options = AnswerOptions()
        options.nBest = answer.nBest ?? options.nBest
        options.maxAnswerTokens = answer.maxAnswerTokens ?? options.maxAnswerTokens
        options.maxTokens = try limit(answer.maxTokens, atLeast: AnsweringWork.leastTokens)
        options.stride = answer.stride ?? options.stride
        options.nullThreshold = answer.nullThreshold
        options.isStrict = answer.isStrict
        for (field, value) in [
            ("n_best", options.nBest), ("max_answer_tokens", options.maxAnswerTokens), ("stride", options.stride),
        ] where value < 1 {
            throw ServiceError(.invalid, "expected at least 1, found \(value)", field: field)
        }
        return options
    }

    private static func limit(_ tokens: Int?, atLeast least: Int) throws(ServiceError) -> Int? {
        if let tokens, tokens < least {
            throw ServiceError(.invalid, "expected at least \(least), found \(tokens)", field: "max_tokens")
        }
        return tokens
    }

    /// [CLS] and [SEP] have to fit, and of a pair the second [SEP] too.
    private static let leastTokens = 2
    private static let leastTokensOfPair = 3
}

extension EmbeddingOptions {
    fileprivate init(_ embed: Embed) throws(ServiceError) {
        do {
            try self.init(
                pooling: embed.pooling, layer: embed.layer, normalize: embed.normalize, dtype: embed.dtype,
                maxTokens: embed.maxTokens, prompt: embed.prompt, strict: embed.isStrict)
        } catch {
            throw ServiceError(.invalid, error.description, field: error.field)
        }
    }
}
