import Foundation

/// A new file that is written once, from its beginning, and then made durable.
struct OutputFile: ~Copyable {
    private let descriptor: CInt
    private let name: String

    /// Creates the file, which must not be there yet.
    init(creating url: URL) throws(ModelFileError) {
        name = url.lastPathComponent
        descriptor = open(url.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(file: name, reason: String(cString: strerror(errno))) }
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(ModelFileError) {
        let code = Self.put(bytes, in: descriptor)
        guard code == 0 else { throw failure(code) }
    }

    func write(_ bytes: Data) throws(ModelFileError) {
        let code = bytes.withUnsafeBytes { Self.put($0, in: descriptor) }
        guard code == 0 else { throw failure(code) }
    }

    /// The system's error, or 0.
    private static func put(_ bytes: UnsafeRawBufferPointer, in descriptor: CInt) -> CInt {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return count == 0 ? ENOSPC : errno }
            written += count
        }
        return 0
    }

    func sync() throws(ModelFileError) {
        guard fsync(descriptor) == 0 else { throw failure(errno) }
    }

    private func failure(_ code: CInt) -> ModelFileError {
        .unwritable(file: name, reason: String(cString: strerror(code)))
    }
}
