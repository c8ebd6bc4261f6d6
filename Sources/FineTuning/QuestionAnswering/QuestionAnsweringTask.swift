package import BERT
import Foundation
package import Tasks
import Tokenization

/// Finding the answer to a question in a text: SQuAD 1.1, and 2.0 with questions that have none.
package struct QuestionAnsweringTask: TrainingTask {
    package let head = Head.span
    package let labels: [String] = []
    package let training: [Example]
    package let evaluationSets: [EvaluationSet]
    package let metric: MetricName
    package let survey: DataSurvey
    package let splitFile: PredictionsFile?

    private let sets: [String: QuestionSet]
    private let decoder: AnswerDecoder

    package init(request: TrainingRequest) throws(FineTuningError) {
        let options = request.options
        let least = options.maxQueryLength + QuestionEncoder.layoutTokens + 1
        guard request.maximumLength >= least else {
            throw .option(name: "max_length", expected: "at least \(least)", found: "\(request.maximumLength)")
        }
        var files: [(set: String, file: QuestionFile)] = []
        for (role, set, url) in TaskSets.files(of: request) {
            let file = try QuestionFile(url)
            try file.requireAnswers(
                isPartlyKnown: role == .test, hasImpossible: options.version2 || options.task == .questionAnswering)
            files.append((set, file))
        }
        var split: PredictionsFile?
        if files.allSatisfy({ $0.set != TaskSets.name(of: .dev) }),
            let trained = files.firstIndex(where: { $0.set == TaskSets.training })
        {
            let parts = try files[trained].file.holdingBack(options)
            files[trained].file = parts.training
            files.insert((TaskSets.name(of: .dev), parts.development), at: trained + 1)
            split = parts.record
        }
        let allowsNoAnswer = options.version2 || files.contains { $0.file.questions.contains(where: \.isImpossible) }
        self.init(
            files: files,
            encoder: QuestionEncoder(
                tokenizer: try request.tokenizer(), maximumLength: request.maximumLength, stride: options.stride,
                maximumQueryTokens: options.maxQueryLength),
            decoder: AnswerDecoder(
                nBest: options.nBest, maximumAnswerTokens: options.maxAnswerLength, allowsNoAnswer: allowsNoAnswer,
                nullThreshold: Float(options.nullThreshold)),
            metric: options.metric, splitFile: split)
    }

    /// - Parameter files: by the name of their set; `train` is trained on
    /// - Parameter splitFile: how `dev` was held back of the training file, if it was
    init(
        files: [(set: String, file: QuestionFile)], encoder: QuestionEncoder, decoder: AnswerDecoder,
        metric: MetricName,
        splitFile: PredictionsFile? = nil
    ) {
        var sets: [String: QuestionSet] = [:]
        for (name, file) in files {
            sets[name] = QuestionSet(file, encoder: encoder, keepsPlaces: name != TaskSets.training)
        }
        let training = sets.removeValue(forKey: TaskSets.training)
        self.training = training?.examples ?? []
        self.sets = sets
        self.decoder = decoder
        self.metric = metric
        self.splitFile = splitFile
        evaluationSets = files.compactMap { name, _ in
            sets[name].map { EvaluationSet(name: name, examples: $0.examples) }
        }
        survey = Self.survey(files, training: training, maximumTokens: encoder.maximumLength)
    }

    private static func survey(
        _ files: [(set: String, file: QuestionFile)], training: QuestionSet?, maximumTokens: Int
    ) -> DataSurvey {
        let file = files.first { $0.set == TaskSets.training }?.file
        let distinct = Set((file?.questions ?? []).map { "\($0.context) \($0.text)" })
        return DataSurvey(
            sets: files.map { .init(name: $0.set, rows: $0.file.questions.count) }, labels: [],
            duplicates: (file?.questions.count ?? 0) - distinct.count,
            tokenPercentiles: .init(training?.lengths ?? []), maximumTokens: maximumTokens,
            cutRows: training?.windows.count { training?.examples[$0.lowerBound].droppedTokens ?? 0 > 0 } ?? 0)
    }

    /// The official measures at the given threshold, and at the best one; nothing where a question's answers are not known.
    package func evaluate(_ set: EvaluationSet, outputs: [[Float]]) -> Evaluation {
        let questions = questions(of: set, outputs: outputs)
        let isVersion2 = decoder.allowsNoAnswer
        var entries: [QuestionScores.Entry] = []
        for (index, question) in questions.questions.enumerated() {
            guard let gold = question.answers?.map(\.text) else { return Evaluation(metrics: []) }
            let found = best(of: questions, index, outputs)
            let score = AnswerScore(found.text, gold: gold, isVersion2: isVersion2)
            let isNull = isVersion2 && found.margin > decoder.nullThreshold
            entries.append(
                .init(
                    isImpossible: question.isImpossible, margin: Double(found.margin),
                    given: isNull ? AnswerScore("", gold: gold, isVersion2: isVersion2) : score, best: score))
        }
        var metrics = QuestionScores(entries: entries).metrics(isVersion2: isVersion2)
        metrics += MetricValue.loss(set.examples, outputs: outputs, head: head)
        return Evaluation(metrics: metrics)
    }

    /// `{"ID": "TEXT", …}`, which the official scripts read; an empty text is no answer.
    package func predictions(_ set: EvaluationSet, outputs: [[Float]]) -> PredictionsFile {
        let questions = questions(of: set, outputs: outputs)
        let members = questions.questions.enumerated().map { index, question in
            let found = best(of: questions, index, outputs)
            let isNull = decoder.allowsNoAnswer && found.margin > decoder.nullThreshold
            return "\(JSONText.quoted(question.id)): \(JSONText.quoted(isNull ? "" : found.text))"
        }
        return PredictionsFile(
            name: "predictions_\(set.name).json", text: "{\n" + members.joined(separator: ",\n") + "\n}\n")
    }

    private func questions(of set: EvaluationSet, outputs: [[Float]]) -> QuestionSet {
        guard let questions = sets[set.name] else { preconditionFailure("no set '\(set.name)' in this task") }
        precondition(
            outputs.count == questions.examples.count,
            "\(outputs.count) outputs for \(questions.examples.count) examples")
        return questions
    }

    /// A question's best answer, empty where its context is, and by how much "no answer" outscores it.
    private func best(of set: QuestionSet, _ index: Int, _ outputs: [[Float]]) -> (text: String, margin: Float) {
        let question = set.encoded[index]
        let found = decoder.search(question, logits: outputs[set.windows[index]], limit: 1)
        guard let span = found.spans.first else { return ("", .infinity) }
        return (question.context.place(of: span.pieces).text(in: question.context.text), found.nullScore - span.score)
    }
}
