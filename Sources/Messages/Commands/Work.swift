/// What a job asks for.
///
/// Whoever queues and hands out work sees no more of it than this says: how many rows it has, how long they are, and
/// which class of worker does it. Rows of inference are handed out in parts, training is one row.
public enum Work: Equatable, Sendable {
    case embed(Embed)
    case classify(Classify)
    case tagTokens(TagTokens)
    case answerQuestions(AnswerQuestions)
    case fineTune(FineTune)
    case evaluate(Evaluate)

    /// The kinds, as their bodies are called in a command.
    public enum Kind: String, CaseIterable, Sendable {
        case embed
        case classify
        case tagTokens = "tag_tokens"
        case answerQuestions = "answer_questions"
        case fineTune = "fine_tune"
        case evaluate

        public var workerClass: WorkerClass {
            switch self {
            case .embed, .classify, .tagTokens, .answerQuestions: .inference
            case .fineTune, .evaluate: .training
            }
        }
    }

    public var kind: Kind {
        switch self {
        case .embed: .embed
        case .classify: .classify
        case .tagTokens: .tagTokens
        case .answerQuestions: .answerQuestions
        case .fineTune: .fineTune
        case .evaluate: .evaluate
        }
    }

    public var model: ModelReference {
        switch self {
        case .embed(let embed): embed.model
        case .classify(let classify): classify.model
        case .tagTokens(let tag): tag.model
        case .answerQuestions(let answer): answer.model
        case .fineTune(let fineTune): fineTune.model
        case .evaluate(let evaluate): evaluate.model
        }
    }

    public var rowCount: Int {
        switch self {
        case .embed(let embed): embed.texts.count
        case .classify(let classify): classify.texts.count
        case .tagTokens(let tag): tag.texts.count
        case .answerQuestions(let answer): answer.questions.count
        case .fineTune, .evaluate: 1
        }
    }

    /// Rows of the result; a run has none.
    public var resultRows: Int { kind.workerClass == .training ? 0 : rowCount }

    /// Whether result events carry the digest of their tensor alone.
    public var wantsNotices: Bool {
        switch self {
        case .embed(let embed): embed.wantsNotices
        case .classify(let classify): classify.wantsNotices
        case .tagTokens(let tag): tag.wantsNotices
        case .answerQuestions(let answer): answer.wantsNotices
        case .fineTune, .evaluate: false
        }
    }

    /// The files that a run reads; inference reads none.
    public var data: [DataFile] {
        switch self {
        case .fineTune(let fineTune): fineTune.data
        case .evaluate(let evaluate): evaluate.data
        case .embed, .classify, .tagTokens, .answerQuestions: []
        }
    }
}

extension Work {
    /// Bytes of text in a row; a row of training has none.
    package func byteCount(ofRow row: Int) -> Int {
        switch self {
        case .embed(let embed): embed.texts[row].byteCount
        case .classify(let classify):
            classify.texts[row].byteCount + (classify.pairs.isEmpty ? 0 : classify.pairs[row].byteCount)
        case .tagTokens(let tag): tag.texts[row].byteCount
        case .answerQuestions(let answer):
            answer.questions[row].question.byteCount + answer.questions[row].context.byteCount
        case .fineTune, .evaluate: 0
        }
    }

    /// Whether a row that is longer than the model takes is cut; a long context is read in windows instead.
    package var cutsLongRows: Bool {
        if case .answerQuestions = self { false } else { true }
    }

    /// The same work with these rows alone.
    package func sliced(_ rows: Range<Int>) -> Work {
        switch self {
        case .embed(var embed):
            embed.texts = Array(embed.texts[rows])
            return .embed(embed)
        case .classify(var classify):
            classify.texts = Array(classify.texts[rows])
            if !classify.pairs.isEmpty { classify.pairs = Array(classify.pairs[rows]) }
            return .classify(classify)
        case .tagTokens(var tag):
            tag.texts = Array(tag.texts[rows])
            return .tagTokens(tag)
        case .answerQuestions(var answer):
            answer.questions = Array(answer.questions[rows])
            return .answerQuestions(answer)
        case .fineTune, .evaluate: return self
        }
    }

    /// The same work with its data sets by digest, as they were bound when the job was accepted.
    ///
    /// - Parameter digests: one for each of `data`
    package func bound(to digests: [Digest]) throws(MessageError) -> Work {
        guard digests.count == data.count else {
            throw .field("data", expected: "\(data.count) bound data sets", found: "\(digests.count)")
        }
        var files: [DataFile] = []
        for (file, digest) in zip(data, digests) {
            files.append(try DataFile(role: file.role, data: .digest(digest), path: file.path))
        }
        switch self {
        case .fineTune(var fineTune):
            fineTune.data = files
            return .fineTune(fineTune)
        case .evaluate(var evaluate):
            evaluate.data = files
            return .evaluate(evaluate)
        case .embed, .classify, .tagTokens, .answerQuestions: return self
        }
    }
}
