/// A `tokenizer.json`, which must describe BERT's tokenizer: anything else is refused by name.
///
/// Its truncation and padding are not read: the caller sets the length of every text, and nothing is padded.
struct TokenizerFile {
    let vocabulary: Vocabulary
    let options: TokenizerOptions
    let specialTokens: SpecialTokens
    let addedTokens: [AddedToken]

    init(_ file: JSONValue, path: String) throws(TokenizationError) {
        options = try Self.options(file["normalizer"] ?? .null, path)
        try Self.expect("BertPreTokenizer", file["pre_tokenizer"]?["type"], "pre_tokenizer", path)
        let model = file["model"] ?? .null
        // Files of 2020 do not name the type; only WordPiece limits the length of a word.
        if model["type"] != nil || model["max_input_chars_per_word"] == nil {
            try Self.expect("WordPiece", model["type"], "model", path)
        }
        try Self.expect(
            Vocabulary.continuationPrefix, model["continuing_subword_prefix"], "continuing_subword_prefix", path)
        let longest = model["max_input_chars_per_word"]
        guard longest?.id.map(Int.init) == WordBuffer.capacity else {
            throw .unexpected(
                path: path, field: "max_input_chars_per_word", expected: "\(WordBuffer.capacity)",
                found: longest?.summary ?? "nothing")
        }
        if let decoder = file["decoder"] { try Self.expect("WordPiece", decoder["type"], "decoder", path) }

        vocabulary = try Self.vocabulary(model["vocab"] ?? .null, path)
        let layout = try Self.layout(file["post_processor"] ?? .null, path)
        var specialTokens = SpecialTokens()
        specialTokens.unknown = model["unk_token"]?.string ?? specialTokens.unknown
        specialTokens.classification = layout.classification
        specialTokens.separator = layout.separator
        self.specialTokens = specialTokens
        addedTokens = try Self.addedTokens(file["added_tokens"] ?? .array([]), path)
    }

    private static func expect(
        _ expected: String, _ found: JSONValue?, _ field: String, _ path: String
    ) throws(TokenizationError) {
        guard found?.string == expected else {
            throw .unexpected(path: path, field: field, expected: "'\(expected)'", found: found?.summary ?? "nothing")
        }
    }

    private static func options(_ normalizer: JSONValue, _ path: String) throws(TokenizationError) -> TokenizerOptions {
        try expect("BertNormalizer", normalizer["type"], "normalizer", path)
        guard normalizer["clean_text"]?.bool == true else {
            throw .unexpected(
                path: path, field: "clean_text", expected: "true", found: normalizer["clean_text"]?.summary ?? "nothing"
            )
        }
        return TokenizerOptions(
            lowercases: normalizer["lowercase"]?.bool ?? true, stripsAccents: normalizer["strip_accents"]?.bool,
            isolatesChinese: normalizer["handle_chinese_chars"]?.bool ?? true)
    }

    private static func vocabulary(_ entries: JSONValue, _ path: String) throws(TokenizationError) -> Vocabulary {
        guard case .object(let members) = entries else {
            throw .unexpected(path: path, field: "vocab", expected: "an object", found: entries.summary)
        }
        var pieces = [String?](repeating: nil, count: members.count)
        for (piece, value) in members {
            guard let id = value.id.map(Int.init), pieces.indices.contains(id), pieces[id] == nil else {
                throw .unexpected(
                    path: path, field: "vocab of '\(piece)'", expected: "an id of its own below \(members.count)",
                    found: value.summary)
            }
            pieces[id] = piece
        }
        return try Vocabulary(pieces: pieces.compactMap { $0 })
    }

    /// Names the first and the separating token of `[CLS] A [SEP]` and `[CLS] A [SEP] B [SEP]`.
    private static func layout(
        _ processor: JSONValue, _ path: String
    ) throws(TokenizationError) -> (classification: String, separator: String) {
        if processor["type"]?.string == "BertProcessing" {
            let names = ["cls", "sep"].map { processor[$0]?.elements?.first?.string }
            if let classification = names[0], let separator = names[1] { return (classification, separator) }
        }
        try expect("TemplateProcessing", processor["type"], "post_processor", path)
        let single = (processor["single"]?.elements ?? []).map(part)
        let pair = (processor["pair"]?.elements ?? []).map(part)
        if let classification = single.first?.name, let separator = single.last?.name {
            let first = [Part(classification, 0), Part("A", 0, isText: true), Part(separator, 0)]
            if single == first, pair == first + [Part("B", 1, isText: true), Part(separator, 1)] {
                return (classification, separator)
            }
        }
        throw .unexpected(
            path: path, field: "post_processor", expected: "[CLS] A [SEP] and [CLS] A [SEP] B:1 [SEP]:1",
            found:
                "\(single.map(\.description).joined(separator: " ")) and \(pair.map(\.description).joined(separator: " "))"
        )
    }

    /// One part of a template: a special token or a text, with its token type.
    private struct Part: Equatable, CustomStringConvertible {
        let name: String
        let type: Int32
        let isText: Bool

        init(_ name: String, _ type: Int32, isText: Bool = false) {
            self.name = name
            self.type = type
            self.isText = isText
        }

        var description: String { "\(name):\(type)" }
    }

    private static func part(_ value: JSONValue) -> Part {
        let text = value["Sequence"]
        let entry = text ?? value["SpecialToken"]
        return Part(entry?["id"]?.string ?? "?", entry?["type_id"]?.id ?? -1, isText: text != nil)
    }
}
