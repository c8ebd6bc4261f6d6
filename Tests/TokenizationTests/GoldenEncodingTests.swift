import Foundation
import TestSupport
import Testing
import Tokenization

/// A small vocabulary of our own against the reference program's answers; generate_golden_encodings.py wrote them.
struct GoldenEncodings: Decodable {
    struct Case: Decodable {
        let lowercases: Bool
        let stripsAccents: Bool
        let isolatesChinese: Bool
        let text: String
        let pair: String?
        let maximumLength: Int?
        let ids: [Int32]
        let types: [Int32]
        let starts: [Int]
        let ends: [Int]
        let words: [Int]
        let truncated: [Int]
    }

    let pieces: [String]
    let cases: [Case]

    static func read() throws -> GoldenEncodings {
        let file = SharedData.repository.appending(path: "Tests/TokenizationTests/golden_encodings.json")
        return try JSONDecoder().decode(GoldenEncodings.self, from: Data(contentsOf: file))
    }
}

@Suite struct GoldenEncodingTests {
    @Test func textsAndPairsEncodeAsTheReferenceDoes() throws {
        let golden = try GoldenEncodings.read()
        let vocabulary = try Vocabulary(pieces: golden.pieces)
        var tokenizers: [TokenizerOptions: Tokenizer] = [:]
        var encoding = Encoding(keepsPlaces: true)
        for expected in golden.cases {
            let options = TokenizerOptions(
                lowercases: expected.lowercases, stripsAccents: expected.stripsAccents,
                isolatesChinese: expected.isolatesChinese)
            let tokenizer = try tokenizers[options] ?? Tokenizer(vocabulary: vocabulary, options: options)
            tokenizers[options] = tokenizer
            tokenizer.encode(
                expected.text, pair: expected.pair, maximumLength: expected.maximumLength ?? .max, into: &encoding)
            let title = Comment("\(expected.text.debugDescription), \(expected.pair ?? "alone"), \(options)")
            #expect(encoding.ids == expected.ids, title)
            #expect(encoding.tokenTypes == expected.types, title)
            #expect(encoding.scalarOffsets.map(\.lowerBound) == expected.starts, title)
            #expect(encoding.scalarOffsets.map(\.upperBound) == expected.ends, title)
            #expect(encoding.wordIndices.map { $0 ?? -1 } == expected.words, title)
            #expect(encoding.truncatedTokens.first == expected.truncated[0], title)
            #expect(
                encoding.truncatedTokens.second == (expected.truncated.count > 1 ? expected.truncated[1] : 0), title)
        }
    }
}
