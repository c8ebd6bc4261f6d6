import Glibc

/// An open file or folder, closed when it goes out of scope.
struct File: ~Copyable {
    let path: String
    private let descriptor: Int32

    /// Opens `path` for this process alone: never inherited by a child.
    init(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(StoreError) {
        descriptor = Glibc.open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw StoreError("open", path, code: errno) }
        self.path = path
    }

    deinit { close(descriptor) }

    /// Length and number of names; a file that was unlinked meanwhile has none.
    func status() throws(StoreError) -> (size: Int, links: Int) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw StoreError("inspect", path, code: errno) }
        return (Int(status.st_size), Int(status.st_nlink))
    }

    /// Waits until no other open file holds the lock; it is released with the file.
    func lock() throws(StoreError) {
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw StoreError("lock", path, code: errno) }
        }
    }

    func write(_ bytes: [UInt8], at offset: Int) throws(StoreError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { bytes in
                pwrite(
                    descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written, off_t(offset + written)
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw StoreError("write", path, code: count == 0 ? ENOSPC : errno) }
            written += count
        }
    }

    /// Up to `count` bytes: fewer only at the end of the file.
    func read(_ count: Int, at offset: Int) throws(StoreError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = pread(
                    descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
                if got < 0, errno == EINTR { continue }
                if got < 0 { failure = errno }
                if got <= 0 { break }
                filled += got
            }
        }
        guard failure == 0 else { throw StoreError("read", path, code: failure) }
        return bytes
    }

    func sync() throws(StoreError) {
        guard fsync(descriptor) == 0 else { throw StoreError("sync", path, code: errno) }
    }

    /// Makes the names in a folder durable.
    static func syncFolder(_ path: String) throws(StoreError) {
        try File(path, O_RDONLY | O_DIRECTORY).sync()
    }
}
