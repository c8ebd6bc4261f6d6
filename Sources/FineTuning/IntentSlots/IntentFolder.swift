package import Foundation
import Tasks

/// Sentences with an intent and a tag for each word, in a folder of the layout of SNIPS and ATIS.
///
///     seq.in    listen to westbam on google music          words, apart by spaces
///     seq.out   O O B-artist O B-service I-service         a tag for each
///     label     PlayMusic                                  the intent
///
/// Line n of each file belongs to line n of the others. A folder with `seq.in` alone has sentences to predict.
package struct IntentFolder: Sendable {
    package struct Sentence: Sendable, Equatable {
        package let tagged: TaggedSentence
        /// nil where the folder has none.
        package let intent: String?
    }

    /// Of the file that each part came from, for errors.
    let wordsPath, tagsPath, intentsPath: String
    package fileprivate(set) var sentences: [Sentence]

    package init(_ url: URL, requiresLabels: Bool) throws(FineTuningError) {
        let files = ["seq.in", "seq.out", "label"].map { url.appending(path: $0) }
        let isLabelled =
            requiresLabels || files.dropFirst().contains { FileManager.default.fileExists(atPath: $0.path) }
        try self.init(
            words: TextLines(files[0]), tags: isLabelled ? TextLines(files[1]) : nil,
            intents: isLabelled ? TextLines(files[2]) : nil)
    }

    package init(words: TextLines, tags: TextLines?, intents: TextLines?) throws(FineTuningError) {
        wordsPath = words.path
        tagsPath = tags?.path ?? words.path
        intentsPath = intents?.path ?? words.path
        for other in [tags, intents].compactMap(\.self) { try Self.requireAsMany(words, other) }
        guard !words.lines.isEmpty else {
            throw .invalidData(
                file: words.path, line: nil, field: nil, expected: "at least one sentence", found: "none")
        }
        var sentences: [Sentence] = []
        for (index, line) in words.lines.enumerated() {
            let words = Self.columns(line)
            guard !words.isEmpty else {
                throw .invalidData(
                    file: wordsPath, line: index + 1, field: nil, expected: "at least one word", found: "none")
            }
            let parsed = try tags.map { file throws(FineTuningError) in
                try Self.tags(file, index, words: words.count)
            }
            let intent = try intents.map { file throws(FineTuningError) in try Self.intent(file, index) }
            sentences.append(
                Sentence(tagged: TaggedSentence(words: words, tags: parsed, line: index + 1), intent: intent))
        }
        self.sentences = sentences
    }

    private static func columns(_ line: String) -> [String] {
        line.split { $0 == " " || $0 == "\t" }.map(String.init)
    }

    private static func requireAsMany(_ words: TextLines, _ other: TextLines) throws(FineTuningError) {
        guard words.lines.count != other.lines.count else { return }
        throw .invalidData(
            file: other.path, line: min(words.lines.count, other.lines.count) + 1, field: nil,
            expected: "\(words.lines.count) lines as in '\(words.path)'", found: "\(other.lines.count)")
    }

    private static func tags(_ file: TextLines, _ index: Int, words: Int) throws(FineTuningError) -> [Tag] {
        let columns = columns(file.lines[index])
        guard columns.count == words else {
            throw .invalidData(
                file: file.path, line: index + 1, field: "tags", expected: "\(words) tags, one a word",
                found: "\(columns.count)")
        }
        var tags: [Tag] = []
        for text in columns {
            guard let tag = Tag(text) else {
                throw .invalidData(
                    file: file.path, line: index + 1, field: "tags",
                    expected: "O, or B-, I-, E- or S- with a type", found: "'\(text)'")
            }
            tags.append(tag)
        }
        return tags
    }

    private static func intent(_ file: TextLines, _ index: Int) throws(FineTuningError) -> String {
        let intent = columns(file.lines[index]).joined(separator: " ")
        guard !intent.isEmpty else {
            throw .invalidData(file: file.path, line: index + 1, field: "label", expected: "an intent", found: "none")
        }
        return intent
    }
}

extension IntentFolder {
    /// Parts of its sentences for training and for development.
    func holdingBack(
        _ options: FineTuningOptions
    ) throws(FineTuningError) -> (training: IntentFolder, development: IntentFolder, record: PredictionsFile) {
        let held = try HeldBackGroups(
            keys: sentences.map(\.tagged.words), fraction: options.devFraction, seed: options.seed, file: wordsPath)
        let parts = held.parts(of: sentences)
        var (training, development) = (self, self)
        (training.sentences, development.sentences) = (parts.training, parts.development)
        return (training, development, held.record)
    }

    /// Its words and tags, as errors name them.
    var taggedFile: TaggedFile { TaggedFile(path: tagsPath, sentences: sentences.map(\.tagged)) }
}
