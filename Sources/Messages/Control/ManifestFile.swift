import CMessages

/// One file of a folder: where it is in it, and which bytes it has.
public struct ManifestFile: Hashable, Sendable {
    /// Relative, with `/` between its parts.
    public let path: String
    public let size: Int
    public let digest: Digest

    /// - Throws: when the path is absolute, has an empty part, `.` or `..`, a control character, or is too long
    public init(path: String, size: Int, digest: Digest) throws(MessageError) {
        guard Self.isSafe(path), (0...Read.largestNumber).contains(size) else {
            throw .field("manifest.path", expected: Self.safePath, found: "'\(path.prefix(80))'")
        }
        self.path = path
        self.size = size
        self.digest = digest
    }

    static let safePath = "a relative path of at most \(Limits.maxPathBytes) bytes, without '.' and '..'"

    /// Looks at bytes: to a `String`, a slash with a combining accent after it is no slash.
    static func isSafe(_ path: String) -> Bool {
        let dot = UInt8(ascii: ".")
        let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return path.utf8.count <= Limits.maxPathBytes
            && path.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
            && parts.allSatisfy { part in
                (1...255).contains(part.count) && !part.elementsEqual([dot]) && !part.elementsEqual([dot, dot])
            }
    }
}

extension ManifestFile: WireMessage {
    init(_ wire: Bertd__File) throws(MessageError) {
        try self.init(
            path: try Read.string(wire.has_path, wire.path, "manifest.path").required("manifest.path"),
            size: try Read.number(wire.has_size, wire.size, "manifest.size").required("manifest.size"),
            digest: try Read.digest(wire.has_digest, wire.digest, "manifest.digest").required("manifest.digest"))
    }

    func write(to wire: inout Bertd__File, _ arena: Arena) {
        arena.put(path, &wire.has_path, &wire.path)
        arena.put(size, &wire.has_size, &wire.size)
        arena.put(digest, &wire.has_digest, &wire.digest)
    }
}
