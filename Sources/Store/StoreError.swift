import Glibc
package import Messages

/// Why the store could not do what it was asked.
package enum StoreError: Error, Equatable, CustomStringConvertible {
    /// Files of a manifest that no stored object answers to, by path.
    case missing(paths: [String])
    /// A stored object is not as long as the manifest says.
    case wrongSize(path: String, expected: Int, found: Int)
    /// An upload must go on where it stands.
    case wrongOffset(expected: Int, found: Int)
    /// More bytes than the upload declared.
    case pastEnd(size: Int, found: Int)
    /// The bytes of a complete upload are not those that its name promises; they have been dropped.
    case wrongDigest(expected: Digest, found: Digest)
    case noObject(Digest)
    case storageFull(path: String)
    case fileSystem(operation: String, path: String, reason: String)

    /// The failure of a system call.
    init(_ operation: String, _ path: String, code: Int32) {
        if code == ENOSPC || code == EDQUOT {
            self = .storageFull(path: path)
        } else {
            self = .fileSystem(operation: operation, path: path, reason: String(cString: strerror(code)))
        }
    }

    package var description: String {
        switch self {
        case .missing(let paths):
            "the store lacks \(paths.count) of the manifest's files: \(paths.prefix(8).joined(separator: ", "))"
        case .wrongSize(let path, let expected, let found):
            "the object of '\(path)' has \(found) bytes, expected \(expected)"
        case .wrongOffset(let expected, let found): "the upload stands at byte \(expected), found bytes for \(found)"
        case .pastEnd(let size, let found): "the upload was declared as \(size) bytes, found \(found)"
        case .wrongDigest(let expected, let found):
            "the uploaded bytes have the sha256 \(found), expected \(expected); upload them again"
        case .noObject(let digest): "the store has no object \(digest)"
        case .storageFull(let path): "no space is left to write '\(path)'"
        case .fileSystem(let operation, let path, let reason): "cannot \(operation) '\(path)': \(reason)"
        }
    }

    /// What a client is told.
    package var serviceError: ServiceError {
        switch self {
        case .missing: ServiceError(.unknownObject, description, field: "manifest")
        case .wrongSize: ServiceError(.invalid, description, field: "size")
        case .wrongOffset: ServiceError(.conflict, description, field: "offset")
        case .pastEnd: ServiceError(.invalid, description, field: "bytes")
        case .wrongDigest: ServiceError(.damaged, description, field: "digest")
        case .noObject: ServiceError(.unknownObject, description)
        // A client has no use for the paths of the server.
        case .storageFull: ServiceError(.storageFull, "no space is left in the server's store")
        case .fileSystem(let operation, _, let reason):
            ServiceError(.internal, "the server's store cannot \(operation) a file: \(reason)")
        }
    }
}
