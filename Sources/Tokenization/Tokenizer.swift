/// BERT's tokenizer: words by the rules of the reference program, pieces by longest match (WordPiece).
///
/// Immutable and free to share between threads; each brings its own ``Encoding``.
package struct Tokenizer: Sendable {
    package let vocabulary: Vocabulary
    package let options: TokenizerOptions
    let addedTokens: AddedTokens
    let unknownID: Int32
    package let classificationID: Int32
    package let separatorID: Int32

    private let table: CharacterTable
    private let bytes: [ByteRule]
    private let continuation: UInt32

    /// A tokenizer whose special tokens are found in text too.
    package init(
        vocabulary: Vocabulary, options: TokenizerOptions, specialTokens: SpecialTokens = SpecialTokens()
    ) throws(TokenizationError) {
        let added = specialTokens.all.compactMap { name in
            vocabulary.id(of: name).map { AddedToken(content: name, id: $0, isSpecial: true) }
        }
        try self.init(vocabulary: vocabulary, options: options, specialTokens: specialTokens, addedTokens: added)
    }

    init(
        vocabulary: Vocabulary, options: TokenizerOptions, specialTokens: SpecialTokens, addedTokens: [AddedToken]
    ) throws(TokenizationError) {
        func id(of name: String) throws(TokenizationError) -> Int32 {
            guard let id = vocabulary.id(of: name) else { throw .missingPiece(name) }
            return id
        }
        self.vocabulary = vocabulary
        self.options = options
        self.addedTokens = AddedTokens(addedTokens)
        unknownID = try id(of: specialTokens.unknown)
        classificationID = try id(of: specialTokens.classification)
        separatorID = try id(of: specialTokens.separator)
        let table = CharacterTable(options: options)
        self.table = table
        bytes = (0...UInt8.max).map { ByteRule(byte: $0, table: table) }
        continuation = vocabulary.trie.node(after: Array(Vocabulary.continuationPrefix.utf8))
    }

    /// Finds the tokens of a text, or of a pair, and lays them out for the model.
    ///
    /// Where they are more than `maximumLength`, the layout's included, tokens are cut off the end of the longer text until
    /// both are equally long, then off both in turn (the reference's longest first; of an odd rest the longer text keeps
    /// one more, the second if they are equal). ``Encoding/truncatedTokens`` says how many.
    ///
    /// - Parameter maximumLength: at least 2, or 3 for a pair
    package func encode(
        _ text: String, pair: String? = nil, maximumLength: Int = .max, into encoding: inout Encoding
    ) {
        let layout = pair == nil ? 2 : 3
        precondition(maximumLength >= layout, "maximum length \(maximumLength), expected at least \(layout)")
        let room = maximumLength - layout
        encoding.removeAll()
        find(text, limit: room, list: &encoding.first, word: &encoding.word, keepsPlaces: encoding.keepsPlaces)
        var kept = (first: min(room, encoding.first.total), second: 0)
        if let pair {
            find(pair, limit: room, list: &encoding.second, word: &encoding.word, keepsPlaces: encoding.keepsPlaces)
            kept = Self.longestFirst(encoding.first.total, encoding.second.total, room: room)
        }

        encoding.append(layout: classificationID, type: 0)
        withUTF8(of: text) { encoding.append(encoding.first, count: kept.first, type: 0, of: $0) }
        encoding.append(layout: separatorID, type: 0)
        encoding.truncatedTokens.first = encoding.first.total - kept.first
        guard let pair else { return }
        withUTF8(of: pair) { encoding.append(encoding.second, count: kept.second, type: 1, of: $0) }
        encoding.append(layout: separatorID, type: 1)
        encoding.truncatedTokens.second = encoding.second.total - kept.second
    }

    /// How many tokens of each text of a pair fit into `room`.
    static func longestFirst(_ first: Int, _ second: Int, room: Int) -> (first: Int, second: Int) {
        let shorter = min(first, second)
        if first + second <= room { return (first, second) }
        if shorter <= room / 2 { return first <= second ? (first, room - first) : (room - second, second) }
        let half = room / 2
        return first <= second ? (half, room - half) : (room - half, half)
    }

    private func find(
        _ text: String, limit: Int, list: inout PieceList, word: inout WordBuffer, keepsPlaces: Bool
    ) {
        list.start(limit: limit, keepsPlaces: keepsPlaces)
        withUTF8(of: text) { text in
            withPieces { pieces in
                var scanner = TextScanner(text: text, pieces: pieces, table: table)
                var position = 0
                while let (range, token) = addedTokens.next(in: text, from: position) {
                    scanner.scan(position..<range.lowerBound, into: &list, word: &word)
                    list.append(token.id, bytes: range)
                    list.endWord()
                    position = range.upperBound
                }
                scanner.scan(position..<text.count, into: &list, word: &word)
            }
        }
    }

    private func withPieces(_ body: (WordPieces) -> Void) {
        vocabulary.trie.nodes.withUnsafeBufferPointer { nodes in
            bytes.withUnsafeBufferPointer { bytes in
                vocabulary.words.entries.withUnsafeBufferPointer { entries in
                    guard let nodes = nodes.baseAddress, let bytes = bytes.baseAddress else { return }
                    body(
                        WordPieces(
                            words: vocabulary.words, entries: entries, nodes: nodes, bytes: bytes,
                            continuation: continuation, unknown: unknownID, lowercases: options.lowercases))
                }
            }
        }
    }
}

/// Lends the bytes of a text; a native string is not copied.
private func withUTF8<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
    var native = text
    return native.withUTF8(body)
}
