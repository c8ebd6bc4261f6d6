import CMessages

/// Bytes of an object that is named by their digest. Without bytes it only asks how much is there.
public struct Put: Equatable, Sendable {
    public var digest: Digest
    /// Of the whole object.
    public var size: Int
    /// What is there already.
    public var offset: Int
    /// At most `Limits.maxPutBytes`.
    public var bytes: [UInt8]?

    public init(digest: Digest, size: Int, offset: Int = 0, bytes: [UInt8]? = nil) {
        self.digest = digest
        self.size = size
        self.offset = offset
        self.bytes = bytes
    }
}

extension Put: WireMessage {
    init(_ wire: Bertd__Put) throws(MessageError) {
        digest = try Read.digest(wire.has_digest, wire.digest, "digest").required("digest")
        size = try Read.number(wire.has_size, wire.size, "size").required("size")
        offset = try Read.number(wire.has_offset, wire.offset, "offset") ?? 0
        guard wire.bytes.len <= Limits.maxPutBytes else {
            throw .tooLarge(field: "bytes", expected: "at most \(Limits.maxPutBytes)", found: "\(wire.bytes.len)")
        }
        bytes = Read.present(wire.has_bytes, wire.bytes).map(Read.bytes)
        let end = offset + (bytes?.count ?? 0)
        guard end <= size else {
            throw .field("offset", expected: "bytes that end within the size of \(size)", found: "an end at \(end)")
        }
    }

    func write(to wire: inout Bertd__Put, _ arena: Arena) {
        arena.put(digest, &wire.has_digest, &wire.digest)
        arena.put(size, &wire.has_size, &wire.size)
        arena.put(offset, &wire.has_offset, &wire.offset)
        arena.put(bytes, &wire.has_bytes, &wire.bytes)
    }
}
