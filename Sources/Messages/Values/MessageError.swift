/// Why bytes from a peer, or a value given to a message, cannot be taken.
///
/// `found` never quotes a user's text: these sentences go into logs.
public enum MessageError: Error, Equatable, CustomStringConvertible {
    /// Not the protobuf message that was expected.
    case malformed(message: String, byteCount: Int)
    /// Takes far more memory than an honest message of its length.
    case unaffordable(message: String, byteCount: Int)
    /// A field is absent or not of the form that the protocol defines.
    case field(String, expected: String, found: String)
    case invalidUTF8(field: String)
    case tooLarge(field: String, expected: String, found: String)
    /// Not something that this version of the protocol has.
    case unsupported(field: String, expected: String, found: String)

    public var description: String {
        switch self {
        case .malformed, .unaffordable: sentence
        case .field(let field, _, _), .invalidUTF8(let field), .tooLarge(let field, _, _),
            .unsupported(let field, _, _):
            "field '\(field)': \(sentence)"
        }
    }

    private var sentence: String {
        switch self {
        case .malformed(let message, let byteCount):
            "expected a \(message) message, found \(byteCount) bytes that are not one"
        case .unaffordable(let message, let byteCount):
            "a \(message) message of \(byteCount) bytes unpacks to more memory than its length allows"
        case .field(_, let expected, let found), .tooLarge(_, let expected, let found),
            .unsupported(_, let expected, let found):
            "expected \(expected), found \(found)"
        case .invalidUTF8: "expected UTF-8, found bytes that are not"
        }
    }

    /// The same as an answer to the peer.
    public var serviceError: ServiceError {
        switch self {
        case .malformed: ServiceError(.invalid, sentence)
        case .unaffordable: ServiceError(.tooLarge, sentence)
        case .field(let field, _, _): ServiceError(.invalid, sentence, field: field)
        case .invalidUTF8(let field): ServiceError(.invalidUTF8, sentence, field: field)
        case .tooLarge(let field, _, _): ServiceError(.tooLarge, sentence, field: field)
        case .unsupported(let field, _, _): ServiceError(.unsupported, sentence, field: field)
        }
    }
}
