/// What a model's configuration can have wrong.
package enum BERTError: Error, Equatable, CustomStringConvertible {
    case notPositive(field: String, found: Int)
    case headsDoNotDivide(hiddenSize: Int, headCount: Int)
    case tooManyTypes(found: Int, most: Int)
    case badEpsilon(found: Float)

    package var description: String {
        switch self {
        case .notPositive(let field, let found): "the model's \(field) is \(found), expected at least 1"
        case .headsDoNotDivide(let hiddenSize, let headCount):
            "the model's hidden size \(hiddenSize) is not a multiple of its \(headCount) attention heads"
        case .tooManyTypes(let found, let most): "the model has \(found) token types, expected at most \(most)"
        case .badEpsilon(let found): "the model's layer norm epsilon is \(found), expected a small positive number"
        }
    }
}
