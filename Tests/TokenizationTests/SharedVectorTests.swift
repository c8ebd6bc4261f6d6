import Foundation
import TestSupport
import Testing
import Tokenization

/// Published cases and whole vocabularies of the shared data folder.
@Suite struct SharedVectorTests {
    private struct Vector: Decodable {
        struct Encoded: Decodable {
            let inputIds: [Int32]
            let tokenTypeIds: [Int32]?
        }

        let input: String
        let encoded: Encoded
        let decodedWithSpecial: String?
        let decodedWithoutSpecial: String?
    }

    private static let tests = "tokenizer/tokenizer_tests.json"

    @Test(
        .enabled(if: SharedData.has(tests), "\(SharedData.absent)"),
        arguments: [
            ("bert-base-uncased", "bert-base-uncased", true),
            ("google-bert/bert-base-uncased", "bert-base-uncased", true),
            ("distilbert/distilbert-base-multilingual-cased", "bert-base-multilingual-cased", false),
        ])
    func publishedTextsEncodeAndDecode(_ model: String, _ vocabulary: String, _ lowercases: Bool) throws {
        let file = try JSONSerialization.jsonObject(with: Data(contentsOf: SharedData.url(Self.tests)))
        let cases = try #require((file as? [String: Any])?[model])
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let vectors = try decoder.decode([Vector].self, from: JSONSerialization.data(withJSONObject: cases))
        let options = TokenizerOptions(lowercases: lowercases)
        let tokenizer = try Tokenizer(vocabulary: sharedVocabulary("\(vocabulary)-vocab.txt"), options: options)
        var encoding = Encoding(keepsPlaces: false)
        for vector in vectors {
            tokenizer.encode(vector.input, into: &encoding)
            let title = Comment("\(vector.input.debugDescription)")
            #expect(encoding.ids == vector.encoded.inputIds, title)
            if let types = vector.encoded.tokenTypeIds { #expect(encoding.tokenTypes == types, title) }
            if let text = vector.decodedWithoutSpecial { #expect(tokenizer.decode(encoding.ids) == text, title) }
            if let text = vector.decodedWithSpecial {
                #expect(tokenizer.decode(encoding.ids, keepsSpecialTokens: true) == text, title)
            }
        }
    }

    private struct Question: Decodable {
        let original: String
        let wordpiece: [String]
    }

    @Test(.enabled(if: SharedData.has("tokenizer/question_tokens.json"), "\(SharedData.absent)"))
    func questionsHaveTheirPublishedPieces() throws {
        let file = try Data(contentsOf: SharedData.url("tokenizer/question_tokens.json"))
        let ids = try Data(contentsOf: SharedData.url("tokenizer/tokenized_questions.json"))
        let questions = try JSONDecoder().decode([Question].self, from: file)
        let expected = try JSONDecoder().decode([[Int32]].self, from: ids)
        #expect(questions.count == expected.count)
        let vocabulary = try sharedVocabulary("bert-base-uncased-vocab.txt")
        let tokenizer = try Tokenizer(vocabulary: vocabulary, options: TokenizerOptions(lowercases: true))
        var encoding = Encoding(keepsPlaces: false)
        var differing = 0
        for (question, ids) in zip(questions, expected) {
            tokenizer.encode(question.original, into: &encoding)
            let found = encoding.ids.dropFirst().dropLast()
            if Array(found) != ids || found.map({ vocabulary.pieces[Int($0)] }) != question.wordpiece { differing += 1 }
        }
        #expect(differing == 0)
    }

    @Test(
        .enabled(if: SharedData.has("vocab/bert-base-cased-vocab.txt"), "\(SharedData.absent)"),
        arguments: [true, false])
    func offsetsOfThePublishedSentence(lowercases: Bool) throws {
        let name = lowercases ? "bert-base-uncased-vocab.txt" : "bert-base-cased-vocab.txt"
        let vocabulary = try sharedVocabulary(name)
        let tokenizer = try Tokenizer(vocabulary: vocabulary, options: TokenizerOptions(lowercases: lowercases))
        var encoding = Encoding(keepsPlaces: true)
        tokenizer.encode("A, naïve [MASK] AllenNLP sentence.", into: &encoding)
        let naive = lowercases ? [3..<8] : [3..<5, 5..<6, 6..<8]
        let expected = [0..<0, 0..<1, 1..<2] + naive + [9..<15, 16..<21, 21..<23, 23..<24, 25..<33, 33..<34, 0..<0]
        #expect(encoding.scalarOffsets == expected)
    }

    @Test(
        .enabled(if: SharedData.has("vocab/bert-base-chinese-vocab.txt"), "\(SharedData.absent)"),
        arguments: [true, false])
    func chineseCharactersStandAloneUnlessToldOtherwise(isolated: Bool) throws {
        let vocabulary = try sharedVocabulary("bert-base-chinese-vocab.txt")
        let options = TokenizerOptions(lowercases: true, isolatesChinese: isolated)
        let tokenizer = try Tokenizer(vocabulary: vocabulary, options: options)
        var encoding = Encoding(keepsPlaces: false)
        tokenizer.encode("的人有", into: &encoding)
        let pieces = encoding.ids.dropFirst().dropLast().map { vocabulary.pieces[Int($0)] }
        #expect(pieces == (isolated ? ["的", "人", "有"] : ["的", "##人", "##有"]))
    }
}
