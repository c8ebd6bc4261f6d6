import Tasks

/// The tags that a model tells apart, by index: O, then those of each type.
struct TagInventory: Sendable {
    let tags: [Tag]
    /// How they write an entity: as BIOES where there are tags for its end, else as IOB2.
    let scheme: TaggingScheme
    private let indices: [Tag: Int]

    /// Every tag of the scheme for every type that training sentences have, in alphabetic order of the types: a model knows
    /// the inside of an entity of which the sentences have one-word examples only.
    ///
    /// IOB1 becomes IOB2.
    init(training sentences: [TaggedSentence]) {
        let found = sentences.reduce(into: Set<Tag>()) { $0.formUnion($1.tags ?? []) }
        let isBIOES = found.contains { $0.role == .end || $0.role == .single }
        let roles: [Tag.Role] = isBIOES ? [.begin, .inside, .end, .single] : [.begin, .inside]
        let types = Set(found.filter { $0 != .outside }.map(\.type)).sorted {
            Array($0.utf8).lexicographicallyPrecedes($1.utf8)
        }
        self.init([.outside] + types.flatMap { type in roles.map { Tag(role: $0, type: type) } })
    }

    /// The tags of a model that was trained before.
    init(labels: [String]) throws(FineTuningError) {
        var tags: [Tag] = []
        for label in labels {
            guard let tag = Tag(label) else {
                throw .model(reason: "its label '\(label)' is neither O nor one of B-, I-, E-, S- with a type")
            }
            tags.append(tag)
        }
        guard tags.contains(.outside) else { throw .model(reason: "none of its labels is O") }
        self.init(tags)
    }

    private init(_ tags: [Tag]) {
        self.tags = tags
        scheme = tags.contains { $0.role == .end || $0.role == .single } ? .bioes : .iob2
        indices = Dictionary(tags.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var labels: [String] { tags.map(\.text) }
    var outsideIndex: Int { indices[.outside] ?? 0 }

    func index(of tag: Tag) -> Int? { indices[tag] }

    /// A sentence's tags in the inventory's own scheme; nil for a sentence without.
    func tags(of sentence: TaggedSentence) -> [Tag]? {
        sentence.tags.map { Chunk.tags(of: Chunk.chunks(of: $0), count: $0.count, scheme: scheme) }
    }

    /// Refuses the first entity of a type that no tag of the inventory is for.
    ///
    /// - Parameter linesPerWord: 1 for files with a word a line, 0 for those with a sentence a line
    func requireAll(of file: TaggedFile, linesPerWord: Int) throws(FineTuningError) {
        let types = Set(tags.filter { $0 != .outside }.map(\.type))
        for sentence in file.sentences {
            for chunk in Chunk.chunks(of: sentence.tags ?? []) where !types.contains(chunk.type) {
                let known = types.sorted().map { "'\($0)'" }.joined(separator: ", ")
                throw .invalidData(
                    file: file.path, line: sentence.line + chunk.words.lowerBound * linesPerWord, field: "tag",
                    expected: "an entity of a type that was trained on (\(known))", found: "'\(chunk.type)'")
            }
        }
    }
}
