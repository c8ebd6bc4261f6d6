package import BERT
package import Tasks
import Tokenization

/// Tagging words, such as the names in a text: any CoNLL-style file.
///
/// A word's first piece carries its tag, its other pieces count for nothing. A sentence that is longer than the maximum
/// length makes several examples, cut between words; no word is left out but the end of one that is longer than that alone.
package struct TokenClassificationTask: TrainingTask {
    package let head: Head
    package let labels: [String]
    package let training: [Example]
    package let evaluationSets: [EvaluationSet]
    package let metric: MetricName
    package let survey: DataSurvey
    package let splitFile: PredictionsFile?

    private let inventory: TagInventory
    private let sets: [String: TaggedSet]

    package init(request: TrainingRequest) throws(FineTuningError) {
        var files: [(set: String, file: TaggedFile)] = []
        for (role, set, url) in TaskSets.files(of: request) {
            let file = try TaggedFile(url)
            try file.require(request.options.tagging, linesPerWord: 1)
            if role != .test { try Self.requireTags(file) }
            files.append((set, file))
        }
        var split: PredictionsFile?
        if files.allSatisfy({ $0.set != TaskSets.name(of: .dev) }),
            let trained = files.firstIndex(where: { $0.set == TaskSets.training })
        {
            let parts = try files[trained].file.holdingBack(request.options)
            files[trained].file = parts.training
            files.insert((TaskSets.name(of: .dev), parts.development), at: trained + 1)
            split = parts.record
        }
        let encoder = try WordEncoder(request)
        try self.init(
            files: files, labels: request.labels, encoder: encoder, options: request.options, splitFile: split)
    }

    /// - Parameter files: by the name of their set; `train` is trained on
    /// - Parameter labels: those of a model that was trained before; nil: those of the training file
    /// - Parameter splitFile: how `dev` was held back of the training file, if it was
    init(
        files: [(set: String, file: TaggedFile)], labels: [String]?, encoder: WordEncoder, options: FineTuningOptions,
        splitFile: PredictionsFile? = nil
    ) throws(FineTuningError) {
        let trained = files.first { $0.set == TaskSets.training }?.file
        if let labels {
            inventory = try TagInventory(labels: labels)
        } else if let trained {
            let heldBack =
                splitFile == nil ? [] : files.filter { $0.set == TaskSets.name(of: .dev) }.flatMap(\.file.sentences)
            inventory = TagInventory(training: trained.sentences + heldBack)
        } else {
            throw .missingData(role: DataRole.train.rawValue, task: options.task.rawValue)
        }
        var sets: [(name: String, set: TaggedSet)] = []
        for (name, file) in files {
            try inventory.requireAll(of: file, linesPerWord: 1)
            let set = TaggedSet(file.sentences, inventory: inventory, encoder: encoder, splitsLongSentences: true) {
                .tags($1)
            }
            sets.append((name, set))
        }
        self.labels = inventory.labels
        head = .tokens(labels: inventory.tags.count)
        metric = options.metric
        self.splitFile = splitFile
        training = sets.first { $0.name == TaskSets.training }?.set.examples ?? []
        let judged = sets.filter { $0.name != TaskSets.training }
        evaluationSets = judged.map { EvaluationSet(name: $0.name, examples: $0.set.examples) }
        self.sets = Dictionary(uniqueKeysWithValues: judged.map { ($0.name, $0.set) })
        let sentences = trained?.sentences ?? []
        survey = TaggedSet.survey(
            sets, labels: Self.entityCounts(sentences), duplicates: sentences.count - Set(sentences.map(\.words)).count,
            maximumTokens: encoder.maximumLength)
    }

    private static func requireTags(_ file: TaggedFile) throws(FineTuningError) {
        guard !file.isTagged, let line = file.sentences.first?.line else { return }
        throw .invalidData(
            file: file.path, line: line, field: "tag", expected: "a word and its tag", found: "one column")
    }

    /// Entities of each type, in alphabetic order.
    private static func entityCounts(_ sentences: [TaggedSentence]) -> [DataSurvey.Count] {
        var counts: [String: Int] = [:]
        for chunk in sentences.flatMap({ Chunk.chunks(of: $0.tags ?? []) }) { counts[chunk.type, default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { .init(name: $0.key, rows: $0.value) }
    }

    /// Precision, recall and F1 of entities over all types, the part of the words that are tagged right, and a table by type.
    package func evaluate(_ set: EvaluationSet, outputs: [[Float]]) -> Evaluation {
        let tagged = taggedSet(set, outputs)
        var scores = EntityScores()
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: labels.count), count: labels.count)
        for (index, gold) in tagged.gold.enumerated() {
            guard let gold else { return Evaluation(metrics: []) }
            let predicted = tagged.predicted(index, logits: outputs, inventory: inventory)
            scores.add(gold: gold, predicted: predicted.map { inventory.tags[$0] })
            for (tag, prediction) in zip(gold, predicted) {
                if let row = inventory.index(of: tag) { confusion[row][prediction] += 1 }
            }
        }
        let words = tagged.sentences.reduce(0) { $0 + $1.words.count }
        let right = confusion.indices.reduce(0) { $0 + confusion[$1][$1] }
        return Evaluation(
            metrics: [
                MetricValue(name: MetricName.f1.rawValue, value: scores.f1),
                MetricValue(name: MetricName.precision.rawValue, value: scores.precision),
                MetricValue(name: MetricName.recall.rawValue, value: scores.recall),
                MetricValue(name: MetricName.accuracy.rawValue, value: Double(right) / Double(max(words, 1))),
            ] + MetricValue.loss(set.examples, outputs: outputs, head: head), labels: scores.table, confusion: confusion
        )
    }

    /// A word a line: the word, its tag if it is known, and the predicted one, apart by tabs; `conlleval` reads it.
    package func predictions(_ set: EvaluationSet, outputs: [[Float]]) -> PredictionsFile {
        let tagged = taggedSet(set, outputs)
        var text = ""
        for (index, sentence) in tagged.sentences.enumerated() {
            let predicted = tagged.predicted(index, logits: outputs, inventory: inventory)
            for (word, prediction) in predicted.enumerated() {
                let gold = tagged.gold[index].map { "\($0[word].text)\t" } ?? ""
                text += "\(sentence.words[word])\t\(gold)\(labels[prediction])\n"
            }
            text += "\n"
        }
        return PredictionsFile(name: "predictions_\(set.name).conll", text: text)
    }

    private func taggedSet(_ set: EvaluationSet, _ outputs: [[Float]]) -> TaggedSet {
        guard let tagged = sets[set.name] else { preconditionFailure("no set '\(set.name)' in this task") }
        precondition(
            outputs.count == tagged.examples.count, "\(outputs.count) outputs for \(tagged.examples.count) examples")
        return tagged
    }
}
