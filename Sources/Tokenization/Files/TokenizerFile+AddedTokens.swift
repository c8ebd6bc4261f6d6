extension TokenizerFile {
    /// The added tokens of a list of objects; those that need more than finding their text are refused.
    static func addedTokens(_ list: JSONValue, _ path: String) throws(TokenizationError) -> [AddedToken] {
        var tokens: [AddedToken] = []
        for entry in list.elements ?? [] { tokens.append(try addedToken(entry, id: entry["id"]?.id, path)) }
        return tokens
    }

    static func addedToken(_ entry: JSONValue, id: Int32?, _ path: String) throws(TokenizationError) -> AddedToken {
        guard let content = entry["content"]?.string, let id, id >= 0 else {
            throw .unexpected(path: path, field: "added token", expected: "a content and an id", found: entry.summary)
        }
        for flag in ["single_word", "lstrip", "rstrip", "normalized"] where entry[flag]?.bool == true {
            throw .unexpected(
                path: path, field: "\(flag) of added token '\(content)'", expected: "false", found: "true")
        }
        return AddedToken(content: content, id: id, isSpecial: entry["special"]?.bool ?? false)
    }
}
