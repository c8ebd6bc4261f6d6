import Foundation
import TestSupport
import Testing
import Tokenization

/// Tokenizers read from folders, and what is refused.
@Suite struct FolderTests {
    private static let pieces = [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "hello", "Hello", "##s", "\u{2329}", "\u{3008}",
    ]

    private static let layout = """
        {"type": "TemplateProcessing",
         "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                    {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
         "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                  {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                  {"SpecialToken": {"id": "[SEP]", "type_id": 1}}]}
        """

    private static var tokenizerFile: String {
        let vocabulary = pieces.enumerated().map { "\"\($1)\": \($0)" }.joined(separator: ", ")
        return """
            {"added_tokens": [{"id": 4, "content": "[MASK]", "special": true, "normalized": false, "lstrip": false}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                            "strip_accents": null, "lowercase": false},
             "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": \(layout), "decoder": null,
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                       "max_input_chars_per_word": 100, "vocab": {\(vocabulary)}}}
            """
    }

    /// A folder with these files, removed after the body.
    private func withFolder(_ files: [String: String], _ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tokenizer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
        try body(folder)
    }

    private func ids(_ text: String, _ tokenizer: Tokenizer) -> [Int32] {
        var encoding = Encoding(keepsPlaces: false)
        tokenizer.encode(text, into: &encoding)
        return Array(encoding.ids.dropFirst().dropLast())
    }

    @Test func aVocabularyAloneIsUncased() throws {
        try withFolder(["vocab.txt": Self.pieces.joined(separator: "\n") + "\n"]) { folder in
            let tokenizer = try Tokenizer(folder: folder)
            #expect(ids("Hellos [MASK]", tokenizer) == [5, 7, 4])
        }
    }

    @Test func theConfigurationSaysWhetherLettersAreLowered() throws {
        for (config, expected) in [
            ("{\"do_lower_case\": false}", Int32(6)), ("{\"do_lower_case\": true}", 5), ("{}", 6),
        ] {
            try withFolder(["tokenizer.json": Self.tokenizerFile, "tokenizer_config.json": config]) { folder in
                let tokenizer = try Tokenizer(folder: folder)
                #expect(ids("Hello", tokenizer) == [expected])
            }
        }
    }

    @Test func piecesThatAreCanonicallyEquivalentStayApart() throws {
        try withFolder(["tokenizer.json": Self.tokenizerFile]) { folder in
            let tokenizer = try Tokenizer(folder: folder)
            #expect(ids("\u{2329}\u{3008}", tokenizer) == [8, 9])
        }
    }

    @Test func specialTokensMayHaveOtherNames() throws {
        let files = [
            "vocab.txt": "<unk>\n<s>\n</s>\na\n",
            "special_tokens_map.json": """
            {"unk_token": "<unk>", "cls_token": {"content": "<s>", "lstrip": false}, "sep_token": "<\\/s>"}
            """,
        ]
        try withFolder(files) { folder in
            let tokenizer = try Tokenizer(folder: folder)
            #expect(tokenizer.classificationID == 1 && tokenizer.separatorID == 2)
            #expect(ids("a</s>b", tokenizer) == [3, 2, 0])
        }
    }

    @Test(arguments: [
        ("\"WordPiece\"", "\"BPE\"", "'BPE' for model, expected 'WordPiece'"),
        ("\"BertNormalizer\"", "\"Lowercase\"", "'Lowercase' for normalizer, expected 'BertNormalizer'"),
        ("\"clean_text\": true", "\"clean_text\": false", "false for clean_text, expected true"),
        ("\"BertPreTokenizer\"", "\"Whitespace\"", "'Whitespace' for pre_tokenizer, expected 'BertPreTokenizer'"),
        ("\"TemplateProcessing\"", "\"RobertaProcessing\"", "'RobertaProcessing' for post_processor"),
        ("\"B\", \"type_id\": 1", "\"B\", \"type_id\": 0", "for post_processor, expected [CLS] A [SEP]"),
        ("\"continuing_subword_prefix\": \"##\"", "\"continuing_subword_prefix\": \"@@\"", "expected '##'"),
        ("\"max_input_chars_per_word\": 100", "\"max_input_chars_per_word\": 50", "expected 100"),
        ("\"lstrip\": false", "\"lstrip\": true", "true for lstrip of added token '[MASK]', expected false"),
        ("\"hello\": 5", "\"hello\": 6", "for vocab of 'Hello', expected an id of its own below 10"),
        ("\"hello\": 5", "\"hello\": 5.5", "5.5 for vocab of 'hello'"),
        ("\"[SEP]\": 3", "\"[NONE]\": 3", "the vocabulary has no piece '[SEP]'"),
        ("{\"added_tokens\"", "{added_tokens", "is not JSON at byte 1"),
    ])
    func anotherTokenizerIsRefusedByName(_ part: String, _ replacement: String, _ message: String) throws {
        let file = Self.tokenizerFile.replacing(part, with: replacement)
        #expect(file != Self.tokenizerFile)
        try withFolder(["tokenizer.json": file]) { folder in
            let error = #expect(throws: TokenizationError.self) { try Tokenizer(folder: folder) }
            #expect(error?.description.contains(message) == true, "\(String(describing: error))")
        }
    }

    @Test func anotherTokenizerClassOrAnEmptyFolderIsRefused() throws {
        let config = "{\"tokenizer_class\": \"BertJapaneseTokenizer\"}"
        for files in [["vocab.txt": "[UNK]\n", "tokenizer_config.json": config], [:]] {
            try withFolder(files) { folder in
                #expect(throws: TokenizationError.self) { try Tokenizer(folder: folder) }
            }
        }
    }

    @Test func everyTruncationOfTheFileIsRefused() throws {
        let bytes = Array(Self.tokenizerFile.utf8)
        for length in stride(from: 0, to: bytes.count - 1, by: 7) {
            try withFolder(["tokenizer.json": String(decoding: bytes[..<length], as: UTF8.self)]) { folder in
                #expect(throws: TokenizationError.self) { try Tokenizer(folder: folder) }
            }
        }
    }
}
