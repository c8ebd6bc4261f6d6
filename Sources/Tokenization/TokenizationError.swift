/// What can be wrong with the files of a tokenizer.
package enum TokenizationError: Error, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case notJSON(path: String, offset: Int)
    /// A file of another kind of tokenizer, or one with a setting that BERT's does not have.
    case unexpected(path: String, field: String, expected: String, found: String)
    case notUTF8(path: String, line: Int)
    case vocabularyTooLarge(pieces: Int, limit: Int)
    case missingPiece(String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "cannot read '\(path)': \(reason)"
        case .notJSON(let path, let offset):
            "'\(path)' is not JSON at byte \(offset)"
        case .unexpected(let path, let field, let expected, let found):
            "'\(path)' has \(found) for \(field), expected \(expected)"
        case .notUTF8(let path, let line):
            "'\(path)' is not UTF-8 in line \(line)"
        case .vocabularyTooLarge(let pieces, let limit):
            "a vocabulary of \(pieces) pieces takes more than the \(limit) nodes that an index holds"
        case .missingPiece(let name):
            "the vocabulary has no piece '\(name)', which the model's input needs"
        }
    }
}
