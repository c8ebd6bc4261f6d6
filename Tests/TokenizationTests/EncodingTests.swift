import Testing
import Tokenization

/// What holds for every text, on seeded random ones.
@Suite struct EncodingTests {
    private static let vocabulary = Result {
        try Vocabulary(pieces: try GoldenEncodings.read().pieces)
    }

    private func tokenizer(lowercases: Bool = true) throws -> Tokenizer {
        try Tokenizer(vocabulary: Self.vocabulary.get(), options: TokenizerOptions(lowercases: lowercases))
    }

    @Test(arguments: [true, false]) func offsetsSliceTheTextAndAgreeWithEachOther(lowercases: Bool) throws {
        let tokenizer = try tokenizer(lowercases: lowercases)
        var encoding = Encoding(keepsPlaces: true)
        for text in RandomTexts(seed: 11).prefix(500) {
            tokenizer.encode(text, into: &encoding)
            let utf8 = Array(text.utf8)
            let scalars = Array(text.unicodeScalars)
            for index in encoding.ids.indices {
                let slice = String(validating: utf8[encoding.byteOffsets[index]], as: UTF8.self)
                let expected = String(String.UnicodeScalarView(scalars[encoding.scalarOffsets[index]]))
                #expect(slice.map { Array($0.utf8) } == Array(expected.utf8))
                #expect(encoding.byteOffsets[index].isEmpty == encoding.isSpecial[index])
            }
        }
    }

    @Test func idsOfATextAreThoseOfItsWords() throws {
        let tokenizer = try tokenizer()
        var whole = Encoding(keepsPlaces: false)
        var part = Encoding(keepsPlaces: false)
        for text in RandomTexts(seed: 12).prefix(500) {
            tokenizer.encode(text, into: &whole)
            var ids: [Int32] = []
            for word in text.unicodeScalars.split(separator: " ") {
                tokenizer.encode(String(String.UnicodeScalarView(word)), into: &part)
                ids += part.ids.dropFirst().dropLast()
            }
            #expect(Array(whole.ids.dropFirst().dropLast()) == ids, "\(text.debugDescription)")
        }
    }

    @Test func askingForPlacesDoesNotChangeTheTokens() throws {
        let tokenizer = try tokenizer()
        var with = Encoding(keepsPlaces: true)
        var without = Encoding(keepsPlaces: false)
        for text in RandomTexts(seed: 13).prefix(500) {
            tokenizer.encode(text, pair: text, maximumLength: 20, into: &with)
            tokenizer.encode(text, pair: text, maximumLength: 20, into: &without)
            #expect(with.ids == without.ids)
            #expect(with.tokenTypes == without.tokenTypes)
            #expect(with.truncatedTokens == without.truncatedTokens)
            #expect(without.byteOffsets.isEmpty && without.scalarOffsets.isEmpty && without.wordIndices.isEmpty)
        }
    }

    @Test func aPairIsTwoTextsBetweenTheLayoutsTokens() throws {
        let tokenizer = try tokenizer()
        var pair = Encoding(keepsPlaces: true)
        var first = Encoding(keepsPlaces: true)
        var second = Encoding(keepsPlaces: true)
        for (a, b) in zip(RandomTexts(seed: 14).prefix(200), RandomTexts(seed: 15)) {
            tokenizer.encode(a, pair: b, into: &pair)
            tokenizer.encode(a, into: &first)
            tokenizer.encode(b, into: &second)
            #expect(pair.ids == first.ids + second.ids.dropFirst())
            #expect(pair.byteOffsets == first.byteOffsets + second.byteOffsets.dropFirst())
            #expect(pair.tokenTypes.filter { $0 == 1 }.count == second.ids.count - 1)
            #expect(pair.tokenTypes == pair.tokenTypes.sorted())
        }
    }

    @Test func truncationKeepsABeginningAndReportsTheRest() throws {
        let tokenizer = try tokenizer()
        var whole = Encoding(keepsPlaces: true)
        var cut = Encoding(keepsPlaces: true)
        for text in RandomTexts(seed: 16).prefix(200) {
            tokenizer.encode(text, into: &whole)
            #expect(whole.truncatedTokens == (0, 0))
            for maximum in [2, 3, 7, 64] {
                tokenizer.encode(text, maximumLength: maximum, into: &cut)
                let kept = min(maximum, whole.ids.count)
                #expect(cut.ids.dropLast() == whole.ids.dropLast().prefix(kept - 1))
                #expect(cut.ids.last == tokenizer.separatorID)
                #expect(cut.truncatedTokens == (whole.ids.count - kept, 0))
            }
        }
    }

    @Test func whatIsNoWordBetweenNoWordsLeavesTheLayout() throws {
        var encoding = Encoding(keepsPlaces: true)
        for text in ["", " ", "\0", "\u{0301}", "\u{FFFD}\u{200B}\n"] {
            try tokenizer().encode(text, into: &encoding)
            #expect(encoding.ids.count == 2)
            #expect(encoding.isSpecial == [true, true])
        }
    }

    @Test func specialTokensInTextAreFoundAsTheyAreWritten() throws {
        let tokenizer = try tokenizer()
        var encoding = Encoding(keepsPlaces: true)
        tokenizer.encode("the [MASK][SEP] [mask]", into: &encoding)
        let mask = try #require(tokenizer.vocabulary.id(of: "[MASK]"))
        #expect(encoding.ids[2...3] == [mask, tokenizer.separatorID])
        #expect(encoding.byteOffsets[2...3] == [4..<10, 10..<15])
        #expect(encoding.isSpecial[2...3] == [false, false])
        #expect(encoding.ids.count == 8)
    }

    @Test func veryLongTextsTakeTimeInProportion() throws {
        let tokenizer = try tokenizer()
        var encoding = Encoding(keepsPlaces: true)
        for unit in ["a", "\u{0301}", "\u{1B44}\u{0334}", "é", "[", "중", "中", "##"] {
            tokenizer.encode(String(repeating: unit, count: 20_000), maximumLength: 16, into: &encoding)
            #expect(encoding.ids.count <= 16)
        }
    }

    @Test func decodingJoinsPiecesAndPunctuation() throws {
        let tokenizer = try tokenizer()
        var encoding = Encoding(keepsPlaces: false)
        tokenizer.encode("The queue waits , playing ? [MASK]", into: &encoding)
        #expect(tokenizer.decode(encoding.ids) == "the queue waits, playing?")
        #expect(
            tokenizer.decode(encoding.ids, keepsSpecialTokens: true) == "[CLS] the queue waits, playing? [MASK] [SEP]")
        #expect(tokenizer.decode([-1, 5, 100_000]) == "the")
    }

    @Test func aVocabularyWithoutSeparatorIsRefusedByName() throws {
        let vocabulary = try Vocabulary(pieces: ["[UNK]", "[CLS]", "a"])
        #expect(throws: TokenizationError.missingPiece("[SEP]")) {
            try Tokenizer(vocabulary: vocabulary, options: TokenizerOptions(lowercases: true))
        }
    }
}
