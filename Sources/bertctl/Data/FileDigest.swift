import Glibc
import Messages

/// The SHA-256 of a file, read in pieces.
enum FileDigest {
    /// - Parameter progress: told the bytes read so far
    static func of(_ path: String, progress: (Int) -> Void = { _ in }) throws(Failure) -> Digest {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw .noInput(path: path, reason: String(cString: strerror(errno))) }
        defer { close(file) }
        var hasher = Digest.Hasher()
        var total = 0
        while true {
            var count = 0
            let bytes = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, initialized in
                count = read(file, buffer.baseAddress, buffer.count)
                initialized = max(0, count)
            }
            guard count >= 0 else { throw .noInput(path: path, reason: String(cString: strerror(errno))) }
            if count == 0 { return hasher.finish() }
            hasher.update(bytes)
            total += count
            progress(total)
        }
    }
}
