package import Foundation

extension Tokenizer {
    /// Reads the tokenizer of a Hugging Face folder.
    ///
    /// `tokenizer.json` if there is one, else `vocab.txt`. What `tokenizer_config.json` says of lower case, accents and
    /// Chinese characters wins over `tokenizer.json`, as in transformers; what it does not say stays as it is there, and is
    /// BERT's default (uncased) for a bare vocabulary. Names of special tokens are taken from `special_tokens_map.json`,
    /// then from `tokenizer_config.json`.
    package init(folder: URL) throws(TokenizationError) {
        let config = try Self.json(folder, "tokenizer_config.json")
        let configPath = folder.appending(path: "tokenizer_config.json").path
        if let file = try Self.json(folder, "tokenizer.json") {
            let file = try TokenizerFile(file, path: folder.appending(path: "tokenizer.json").path)
            try self.init(
                vocabulary: file.vocabulary, options: Self.options(config, over: file.options),
                specialTokens: file.specialTokens, addedTokens: file.addedTokens)
            return
        }
        try Self.refuseOthers(config, configPath)
        guard let lines = try Self.bytes(folder, "vocab.txt") else {
            throw .unreadable(path: folder.path, reason: "it holds neither tokenizer.json nor vocab.txt")
        }
        let vocabulary = try Vocabulary(lines: lines, path: folder.appending(path: "vocab.txt").path)
        var names = SpecialTokens()
        for source in [config, try Self.json(folder, "special_tokens_map.json")] { names.take(from: source) }
        var added = names.all.compactMap { name in
            vocabulary.id(of: name).map { AddedToken(content: name, id: $0, isSpecial: true) }
        }
        if case .object(let entries)? = config?["added_tokens_decoder"] {
            for (id, entry) in entries {
                let token = try TokenizerFile.addedToken(entry, id: Int32(id), configPath)
                if !added.contains(where: { $0.id == token.id }) { added.append(token) }
            }
        }
        try self.init(
            vocabulary: vocabulary, options: Self.options(config, over: TokenizerOptions(lowercases: true)),
            specialTokens: names, addedTokens: added)
    }

    private static func options(_ config: JSONValue?, over options: TokenizerOptions) -> TokenizerOptions {
        let lowercases = config?["do_lower_case"]?.bool ?? options.lowercases
        let followed = lowercases == options.lowercases ? options.stripsAccents : lowercases
        return TokenizerOptions(
            lowercases: lowercases, stripsAccents: config?["strip_accents"]?.bool ?? followed,
            isolatesChinese: config?["tokenize_chinese_chars"]?.bool ?? options.isolatesChinese)
    }

    /// Refuses what a bare vocabulary can also belong to.
    private static func refuseOthers(_ config: JSONValue?, _ path: String) throws(TokenizationError) {
        if let name = config?["tokenizer_class"], !["BertTokenizer", "BertTokenizerFast"].contains(name.string) {
            throw .unexpected(path: path, field: "tokenizer_class", expected: "'BertTokenizer'", found: name.summary)
        }
        if config?["do_basic_tokenize"]?.bool == false {
            throw .unexpected(path: path, field: "do_basic_tokenize", expected: "true", found: "false")
        }
    }

    private static func json(_ folder: URL, _ name: String) throws(TokenizationError) -> JSONValue? {
        guard let bytes = try bytes(folder, name) else { return nil }
        do {
            return try JSONReader.value(of: bytes)
        } catch {
            throw .notJSON(path: folder.appending(path: name).path, offset: error.offset)
        }
    }

    /// The bytes of a file; nil if there is none.
    private static func bytes(_ folder: URL, _ name: String) throws(TokenizationError) -> [UInt8]? {
        let file = folder.appending(path: name)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            return Array(try Data(contentsOf: file))
        } catch {
            throw .unreadable(path: file.path, reason: "\(error.localizedDescription)")
        }
    }
}

extension SpecialTokens {
    /// Takes the names that a configuration gives, as a string or as an object with a content.
    fileprivate mutating func take(from config: JSONValue?) {
        func name(_ key: String) -> String? { config?[key]?.string ?? config?[key]?["content"]?.string }
        unknown = name("unk_token") ?? unknown
        separator = name("sep_token") ?? separator
        padding = name("pad_token") ?? padding
        classification = name("cls_token") ?? classification
        mask = name("mask_token") ?? mask
    }
}
