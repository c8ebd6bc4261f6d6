/// What can be wrong with the files of a tokenizer.
package enum TokenizationError: Error, Equatable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case notUTF8(path: String, line: Int)
    case vocabularyTooLarge(pieces: Int, limit: Int)
    case missingPiece(String)

    package var description: String {
        switch self {
        case .unreadable(let path, let reason):
            "cannot read '\(path)': \(reason)"
        case .notUTF8(let path, let line):
            "'\(path)' is not UTF-8 in line \(line)"
        case .vocabularyTooLarge(let pieces, let limit):
            "a vocabulary of \(pieces) pieces takes more than the \(limit) nodes that an index holds"
        case .missingPiece(let name):
            "the vocabulary has no piece '\(name)', which the model's input needs"
        }
    }
}
