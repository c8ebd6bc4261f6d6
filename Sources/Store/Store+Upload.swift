import Foundation
package import Messages

extension Store {
    /// Takes the next bytes of an object that is sent in pieces, or without bytes tells how much of it is there.
    ///
    /// An upload goes on where it was cut, after a restart too, and is verified when its last byte has come: bytes that
    /// are not what the digest promises are dropped. Two that send the same object at once get in each other's way by
    /// `wrongOffset` alone. Cost: the last piece reads the whole object once.
    ///
    /// - Parameters:
    ///   - size: of the whole object
    ///   - offset: where `bytes` begin; what is there already, unless the object is complete
    /// - Returns: bytes there after it; equal to `size`: complete, verified and durable
    package func put(_ digest: Digest, size: Int, offset: Int, bytes: [UInt8]?) throws(StoreError) -> Int {
        if let complete = try completeSize(digest, declared: size) { return complete }
        let path = root.path + "/partial/" + digest.hex
        // Of nothing everything is there.
        let bytes = size == 0 ? [] : bytes
        guard bytes != nil || access(path, F_OK) == 0 else { return 0 }
        let file = try File(path, O_RDWR | O_CREAT)
        try file.lock()
        let (have, links) = try file.status()
        // Somebody else completed or dropped it while this one waited for the lock.
        if links == 0 { return try completeSize(digest, declared: size) ?? 0 }
        guard let bytes else { return have }
        guard offset == have else { throw .wrongOffset(expected: have, found: offset) }
        guard bytes.count <= size - have else { throw .pastEnd(size: size, found: have + bytes.count) }
        try file.write(bytes, at: have)
        guard have + bytes.count == size else { return have + bytes.count }
        try complete(file, as: digest)
        return size
    }

    private func completeSize(_ digest: Digest, declared: Int) throws(StoreError) -> Int? {
        guard refresh(digest), let size = size(of: digest) else { return nil }
        guard size == declared else { throw .pastEnd(size: declared, found: size) }
        return size
    }

    private func complete(_ file: borrowing File, as digest: Digest) throws(StoreError) {
        let found = try digestOf(file)
        guard found == digest else {
            unlink(file.path)
            throw .wrongDigest(expected: digest, found: found)
        }
        try file.sync()
        try place(file.path, as: digest)
    }

    private func digestOf(_ file: borrowing File) throws(StoreError) -> Digest {
        var hasher = Digest.Hasher()
        var offset = 0
        while true {
            let bytes = try file.read(1 << 20, at: offset)
            if bytes.isEmpty { return hasher.finish() }
            hasher.update(bytes)
            offset += bytes.count
        }
    }
}
