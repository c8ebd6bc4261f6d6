package import Foundation
import Tasks

/// Sentences in a CoNLL-style file: a word a line, its columns apart by tabs or spaces, an empty line after each sentence.
///
///     West     NNP  B-NP  B-MISC         the first column is the word, the last its tag
///     Indian   NNP  I-NP  I-MISC
///
/// Columns are apart by tabs if the first word's line has one. Lines that begin with -DOCSTART- end a sentence. A file with
/// one column has no tags.
package struct TaggedFile: Sendable {
    package let path: String
    package let sentences: [TaggedSentence]

    package init(_ url: URL) throws(FineTuningError) {
        try self.init(TextLines(url))
    }

    package init(_ file: TextLines) throws(FineTuningError) {
        path = file.path
        var reader = TaggedFileReader(path: file.path)
        for (index, line) in file.lines.enumerated() { try reader.take(line, number: index + 1) }
        reader.endSentence()
        sentences = reader.sentences
        guard !sentences.isEmpty else {
            throw .invalidData(file: path, line: nil, field: nil, expected: "at least one word", found: "none")
        }
    }

    init(path: String, sentences: [TaggedSentence]) {
        self.path = path
        self.sentences = sentences
    }

    /// Parts of its sentences for training and for development.
    func holdingBack(
        _ options: FineTuningOptions
    ) throws(FineTuningError) -> (training: TaggedFile, development: TaggedFile, record: PredictionsFile) {
        let held = try HeldBackGroups(
            keys: sentences.map(\.words), fraction: options.devFraction, seed: options.seed, file: path)
        let parts = held.parts(of: sentences)
        return (
            TaggedFile(path: path, sentences: parts.training), TaggedFile(path: path, sentences: parts.development),
            held.record
        )
    }

    var isTagged: Bool { sentences.first?.tags != nil }

    /// Refuses the first tag that a scheme would not have written.
    ///
    /// - Parameter linesPerWord: 1 for files with a word a line, 0 for those with a sentence a line
    func require(_ scheme: TaggingScheme, linesPerWord: Int) throws(FineTuningError) {
        guard scheme != .detected else { return }
        for sentence in sentences {
            guard let tags = sentence.tags else { return }
            let expected = Chunk.tags(of: Chunk.chunks(of: tags), count: tags.count, scheme: scheme)
            guard let word = tags.indices.first(where: { tags[$0] != expected[$0] }) else { continue }
            throw .invalidData(
                file: path, line: sentence.line + word * linesPerWord, field: "tag",
                expected: "'\(expected[word].text)' in the scheme \(scheme.rawValue)", found: "'\(tags[word].text)'")
        }
    }
}

private struct TaggedFileReader {
    let path: String
    var sentences: [TaggedSentence] = []

    private var words: [String] = []
    private var tags: [Tag] = []
    private var firstLine = 0
    /// What the first word's line has, and where it stands.
    private var layout: (separator: Character, columns: Int, line: Int)?
    private var known: [Substring: Tag] = [:]

    init(path: String) {
        self.path = path
    }

    mutating func take(_ line: String, number: Int) throws(FineTuningError) {
        if line.allSatisfy({ $0 == " " || $0 == "\t" }) || line.hasPrefix("-DOCSTART-") {
            endSentence()
            return
        }
        let separator = layout?.separator ?? (line.contains("\t") ? "\t" : " ")
        // Of two tabs in a row the column between them is empty; spaces only part.
        let columns = line.split(separator: separator, omittingEmptySubsequences: separator == " ")
        let layout = self.layout ?? (separator, columns.count, number)
        self.layout = layout
        guard columns.count == layout.columns, let word = columns.first, let last = columns.last else {
            throw .invalidData(
                file: path, line: number, field: nil,
                expected: "\(layout.columns) columns as in line \(layout.line)", found: "\(columns.count) in '\(line)'")
        }
        guard !word.isEmpty else {
            throw .invalidData(file: path, line: number, field: "word", expected: "a word", found: "an empty column")
        }
        if words.isEmpty { firstLine = number }
        words.append(String(word))
        if layout.columns > 1 { tags.append(try tag(last, line: number)) }
    }

    private mutating func tag(_ text: Substring, line: Int) throws(FineTuningError) -> Tag {
        if let tag = known[text] { return tag }
        guard let tag = Tag(String(text)) else {
            throw .invalidData(
                file: path, line: line, field: "tag", expected: "O, or B-, I-, E- or S- with a type", found: "'\(text)'"
            )
        }
        known[text] = tag
        return tag
    }

    mutating func endSentence() {
        guard !words.isEmpty else { return }
        let isTagged = layout.map { $0.columns > 1 } ?? false
        sentences.append(TaggedSentence(words: words, tags: isTagged ? tags : nil, line: firstLine))
        words.removeAll()
        tags.removeAll()
    }
}
