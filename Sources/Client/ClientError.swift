public import Messages

/// Why a service did not do what a client asked of it.
public enum ClientError: Error, Equatable, Sendable {
    /// No address of a service.
    case invalidAddress(String)
    /// Nothing listens there.
    case noService(Server, reason: String)
    /// Something listens there, or did, and has not been heard for this long.
    case silent(Server, for: Duration, awaited: String)
    /// The service said no.
    case refused(ServiceError)
    /// A command past the limit; the service would cut the connection, so it was not sent.
    case tooLarge(byteCount: Int, limit: Int)
    /// The bytes that came are not what the protocol says.
    case unexpected(expected: String, found: String)
    /// A file to be sent could not be read.
    case unreadable(path: String, reason: String)
    /// A file that was fetched could not be written.
    case unwritable(path: String, reason: String)
    /// The messaging library failed.
    case messaging(String)
}

extension ClientError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidAddress(let text):
            "'\(text)' is no server address, expected HOST, HOST:BASE or [IPV6]:BASE with BASE from 1 to 65532"
        case .noService(let server, let reason):
            "no service at \(server): \(reason); start one with 'bertd serve', or name another with --server HOST:BASE"
        case .silent(let server, let duration, let awaited):
            "the service at \(server) has been silent for \(duration.components.seconds) s, expected \(awaited)"
        case .refused(let error):
            error.description
        case .tooLarge(let byteCount, let limit):
            "a command of \(byteCount) bytes is too large, expected at most \(limit)"
        case .unexpected(let expected, let found):
            "the service answered with \(found), expected \(expected)"
        case .unreadable(let path, let reason):
            "\(path) cannot be read: \(reason)"
        case .unwritable(let path, let reason):
            "\(path) cannot be written: \(reason)"
        case .messaging(let sentence):
            sentence
        }
    }
}
