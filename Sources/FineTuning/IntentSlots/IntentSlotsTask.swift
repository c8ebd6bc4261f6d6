package import BERT
package import Tasks
import Tokenization

/// What a sentence asks for and with which details, learned together: SNIPS, ATIS.
///
/// Where this differs from the seed: a sentence stands between [CLS] and [SEP], as in BERT's pre-training, and [CLS] says
/// the intent; each word is counted once. A sentence that is longer than the maximum length loses its end, which is told,
/// and the words that are lost count as tagged O.
package struct IntentSlotsTask: TrainingTask {
    package let head: Head
    package let labels: [String]
    package let tokenLabels: [String]
    package let training: [Example]
    package let evaluationSets: [EvaluationSet]
    package let metric: MetricName
    package let survey: DataSurvey
    package let splitFile: PredictionsFile?

    private let inventory: TagInventory
    private let sets: [String: (tagged: TaggedSet, intents: [String?])]

    package init(request: TrainingRequest) throws(FineTuningError) {
        var folders: [(role: DataRole, set: String, folder: IntentFolder)] = []
        for (role, set, url) in TaskSets.files(of: request) {
            let folder = try IntentFolder(url, requiresLabels: role != .test)
            try folder.taggedFile.require(request.options.tagging, linesPerWord: 0)
            folders.append((role, set, folder))
        }
        var split: PredictionsFile?
        if folders.allSatisfy({ $0.role != .dev }), let trained = folders.firstIndex(where: { $0.role == .train }) {
            let parts = try folders[trained].folder.holdingBack(request.options)
            folders[trained].folder = parts.training
            folders.insert((.dev, TaskSets.name(of: .dev), parts.development), at: trained + 1)
            split = parts.record
        }
        let known = request.labels.flatMap { intents in request.tokenLabels.map { (intents, $0) } }
        try self.init(
            folders: folders, labels: known, encoder: try WordEncoder(request), options: request.options,
            splitFile: split)
    }

    /// - Parameter folders: by the name of their set; `train` is trained on
    /// - Parameter labels: intents and tags of a model that was trained before; nil: those of the training folder
    /// - Parameter splitFile: how `dev` was held back of the training folder, if it was
    init(
        folders: [(role: DataRole, set: String, folder: IntentFolder)],
        labels known: (intents: [String], tags: [String])?,
        encoder: WordEncoder, options: FineTuningOptions, splitFile: PredictionsFile? = nil
    ) throws(FineTuningError) {
        let trained = folders.first { $0.role == .train }?.folder.sentences
        let heldBack = splitFile == nil ? [] : folders.filter { $0.role == .dev }.flatMap(\.folder.sentences)
        self.splitFile = splitFile
        let intents: [String]
        if let known {
            (intents, inventory) = (known.intents, try TagInventory(labels: known.tags))
        } else if let trained {
            intents = Set((trained + heldBack).compactMap(\.intent)).sorted {
                Array($0.utf8).lexicographicallyPrecedes($1.utf8)
            }
            inventory = TagInventory(training: (trained + heldBack).map(\.tagged))
        } else {
            throw .missingData(role: DataRole.train.rawValue, task: options.task.rawValue)
        }
        let indices = Dictionary(intents.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        var sets: [(name: String, set: TaggedSet)] = []
        var judged: [String: (tagged: TaggedSet, intents: [String?])] = [:]
        for (role, name, folder) in folders {
            if role != .test { try Self.requireKnown(folder, inventory: inventory, intents: indices) }
            let sentences = folder.sentences
            let set = TaggedSet(
                sentences.map(\.tagged), inventory: inventory, encoder: encoder, splitsLongSentences: false
            ) { sentence, tags in
                guard let label = sentences[sentence].intent.flatMap({ indices[$0] }) else { return .unknown }
                return .joint(label: label, tags: tags)
            }
            sets.append((name, set))
            if role != .train { judged[name] = (set, sentences.map(\.intent)) }
        }
        self.labels = intents
        tokenLabels = inventory.labels
        head = .joint(sequenceLabels: intents.count, tokenLabels: inventory.tags.count)
        metric = options.metric
        training = sets.first { $0.name == TaskSets.training }?.set.examples ?? []
        evaluationSets = sets.filter { judged[$0.name] != nil }.map {
            EvaluationSet(name: $0.name, examples: $0.set.examples)
        }
        self.sets = judged
        let rows = (trained ?? []).map { $0.tagged.words + [$0.intent ?? ""] }
        survey = TaggedSet.survey(
            sets,
            labels: intents.map { intent in
                .init(name: intent, rows: (trained ?? []).count { $0.intent == intent })
            }, duplicates: rows.count - Set(rows).count, maximumTokens: encoder.maximumLength)
    }

    /// A test set may have intents and slots that nobody could learn, as ATIS' has: they count as not found.
    private static func requireKnown(
        _ folder: IntentFolder, inventory: TagInventory, intents: [String: Int]
    ) throws(FineTuningError) {
        try inventory.requireAll(of: folder.taggedFile, linesPerWord: 0)
        for sentence in folder.sentences {
            guard let intent = sentence.intent, intents[intent] == nil else { continue }
            let known = intents.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
            throw .invalidData(
                file: folder.intentsPath, line: sentence.tagged.line, field: "label",
                expected: "an intent that was trained on (\(known))", found: "'\(intent)'")
        }
    }

    /// F1, precision and recall of slots, and the parts of the sentences whose intent is right, and that are right as a whole;
    /// the table is of intents.
    package func evaluate(_ set: EvaluationSet, outputs: [[Float]]) -> Evaluation {
        let (tagged, intents) = judgedSet(set, outputs)
        var scores = EntityScores()
        var table = IntentTable(labels: labels)
        var whole = 0
        for (index, gold) in tagged.gold.enumerated() {
            guard let gold, let intent = intents[index] else { return Evaluation(metrics: []) }
            let predicted = slots(tagged, index, outputs).map { inventory.tags[$0] }
            let label = Probabilities.best(outputs[index][..<labels.count])
            scores.add(gold: gold, predicted: predicted)
            table.add(gold: intent, predicted: label)
            if labels[label] == intent && predicted == gold { whole += 1 }
        }
        let sentences = Double(max(tagged.sentences.count, 1))
        return Evaluation(
            metrics: [
                MetricValue(name: MetricName.slotF1.rawValue, value: scores.f1),
                MetricValue(name: MetricName.slotPrecision.rawValue, value: scores.precision),
                MetricValue(name: MetricName.slotRecall.rawValue, value: scores.recall),
                MetricValue(name: MetricName.intentAccuracy.rawValue, value: Double(table.right) / sentences),
                MetricValue(name: "sentence_accuracy", value: Double(whole) / sentences),
            ] + MetricValue.loss(set.examples, outputs: outputs, head: head), labels: table.scores,
            confusion: table.confusion)
    }

    /// A sentence a line: its intent, a tab, and a tag for each word.
    package func predictions(_ set: EvaluationSet, outputs: [[Float]]) -> PredictionsFile {
        let (tagged, _) = judgedSet(set, outputs)
        let lines = tagged.sentences.indices.map { index in
            let label = Probabilities.best(outputs[index][..<labels.count])
            let tags = slots(tagged, index, outputs).map { tokenLabels[$0] }
            return "\(labels[label])\t\(tags.joined(separator: " "))\n"
        }
        return PredictionsFile(name: "predictions_\(set.name).tsv", text: lines.joined())
    }

    /// The tag of each word; O for those beyond the maximum length.
    private func slots(_ tagged: TaggedSet, _ index: Int, _ outputs: [[Float]]) -> [Int] {
        tagged.predicted(index, logits: outputs, offset: labels.count, inventory: inventory)
    }

    private func judgedSet(_ set: EvaluationSet, _ outputs: [[Float]]) -> (tagged: TaggedSet, intents: [String?]) {
        guard let judged = sets[set.name] else { preconditionFailure("no set '\(set.name)' in this task") }
        precondition(
            outputs.count == judged.intents.count, "\(outputs.count) outputs for \(judged.intents.count) sentences")
        return judged
    }
}
