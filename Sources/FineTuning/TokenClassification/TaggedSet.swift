import BERT
import Tasks

/// The sentences of a file with their examples: one a window, which is one a sentence where it fits.
struct TaggedSet: Sendable {
    let sentences: [TaggedSentence]
    /// In the scheme of the model's tags; nil for sentences without.
    let gold: [[Tag]?]
    let encoded: [EncodedWords]
    /// Words of each window of each sentence, and the example of the first.
    let windows: [(words: [Range<Int>], firstExample: Int)]
    let examples: [Example]

    /// - Parameter splitsLongSentences: whether a sentence that does not fit makes several examples; it loses its end
    ///   otherwise
    /// - Parameter target: of a sentence's index, and a tag's index for each token, -1 for tokens that stand for no word
    init(
        _ sentences: [TaggedSentence], inventory: TagInventory, encoder: WordEncoder, splitsLongSentences: Bool,
        target: (Int, [Int32]) -> Target
    ) {
        var gold: [[Tag]?] = []
        var encoded: [EncodedWords] = []
        var windows: [(words: [Range<Int>], firstExample: Int)] = []
        var examples: [Example] = []
        for (index, sentence) in sentences.enumerated() {
            let input = encoder.encode(sentence.words)
            let tags = inventory.tags(of: sentence)
            let parts = splitsLongSentences ? input.windows : [sentence.words.indices]
            windows.append((parts, examples.count))
            for part in parts {
                let ids = input.ids(of: part)
                let targets = Self.targets(input, part, tokens: ids.count, tags: tags, inventory: inventory)
                examples.append(
                    Example(
                        ids: ids, types: [UInt8](repeating: 0, count: ids.count),
                        target: targets.map { target(index, $0) } ?? .unknown,
                        droppedTokens: input.droppedTokens(of: part)))
            }
            gold.append(tags)
            encoded.append(input)
        }
        self.sentences = sentences
        (self.gold, self.encoded, self.windows, self.examples) = (gold, encoded, windows, examples)
    }

    /// nil where a tag is not known, or is none of the model's.
    private static func targets(
        _ input: EncodedWords, _ words: Range<Int>, tokens: Int, tags: [Tag]?, inventory: TagInventory
    ) -> [Int32]? {
        guard let tags else { return nil }
        var targets = [Int32](repeating: -1, count: tokens)
        for word in words {
            guard let index = inventory.index(of: tags[word]) else { return nil }
            if let row = input.row(of: word, in: words) { targets[row] = Int32(index) }
        }
        return targets
    }

    /// The tag's index that the logits give each word of a sentence; O for a word that no token stands for.
    ///
    /// - Parameter logits: of each example, `[tokens, tags]` from `offset` on
    func predicted(_ sentence: Int, logits: [[Float]], offset: Int = 0, inventory: TagInventory) -> [Int] {
        let width = inventory.tags.count
        var predicted: [Int] = []
        for (window, words) in windows[sentence].words.enumerated() {
            let example = windows[sentence].firstExample + window
            let logits = logits[example]
            let tokens = examples[example].tokenCount
            precondition(
                logits.count == offset + tokens * width, "\(logits.count) logits for \(tokens) tokens of \(width) tags")
            for word in words {
                let row = encoded[sentence].row(of: word, in: words)
                predicted.append(
                    row.map { Probabilities.best(logits[(offset + $0 * width)..<(offset + ($0 + 1) * width)]) }
                        ?? inventory.outsideIndex)
            }
        }
        return predicted
    }

    /// Sentences that do not fit into one example whole.
    var longSentences: Int {
        windows.count { $0.words.count > 1 || examples[$0.firstExample].droppedTokens > 0 }
    }

    /// What the data look like before training.
    static func survey(
        _ sets: [(name: String, set: TaggedSet)], labels: [DataSurvey.Count], duplicates: Int, maximumTokens: Int
    ) -> DataSurvey {
        let training = sets.first { $0.name == TaskSets.training }?.set
        return DataSurvey(
            sets: sets.map { .init(name: $0.name, rows: $0.set.sentences.count) }, labels: labels,
            duplicates: duplicates,
            tokenPercentiles: .init((training?.encoded ?? []).map { $0.ids.count + WordEncoder.layoutTokens }),
            maximumTokens: maximumTokens, cutRows: training?.longSentences ?? 0)
    }
}
