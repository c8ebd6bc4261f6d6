import Glibc

/// The bytes of a file, a pipe or stdin, one after another, with little of it in memory.
final class ByteReader {
    let path: String
    /// Of a regular file; `nil` where the end is not known.
    let byteCount: Int?
    /// Bytes taken so far.
    private(set) var offset = 0

    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var position = 0

    private static let bufferByteCount = 256 << 10

    /// - Parameter path: `-` for stdin
    init(_ path: String) throws(Failure) {
        self.path = path == "-" ? "stdin" : path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .noInput(path: path, reason: String(cString: strerror(errno))) }
        var status = stat()
        fstat(descriptor, &status)
        guard status.st_mode & S_IFMT != S_IFDIR else {
            if descriptor != STDIN_FILENO { close(descriptor) }
            throw .noInput(path: path, reason: "it is a folder, expected a file")
        }
        byteCount = status.st_mode & S_IFMT == S_IFREG ? Int(status.st_size) : nil
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    /// Leaves out the mark that some editors put at the start of a file.
    func skipByteOrderMark() throws(Failure) {
        guard offset == 0, try peek() != nil, buffer.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
        position = 3
        offset = 3
    }

    /// The next byte, left where it is; `nil` at the end.
    func peek() throws(Failure) -> UInt8? {
        if position == buffer.count { try fill() }
        return position < buffer.count ? buffer[position] : nil
    }

    func next() throws(Failure) -> UInt8? {
        guard let byte = try peek() else { return nil }
        position += 1
        offset += 1
        return byte
    }

    /// Appends everything up to the next byte of `stops` to `bytes`, as long as there are fewer than `limit`.
    ///
    /// - Returns: the byte it stopped at, which is taken; `nil` at the end, and at the limit
    func take(
        until isStop: (UInt8) -> Bool, into bytes: inout [UInt8], limit: Int
    ) throws(Failure) -> UInt8? {
        while bytes.count < limit {
            if position == buffer.count { try fill() }
            guard position < buffer.count else { return nil }
            let end = min(buffer.count, position + limit - bytes.count)
            let stop = buffer[position..<end].firstIndex(where: isStop)
            bytes += buffer[position..<(stop ?? end)]
            offset += (stop ?? end) - position
            position = stop ?? end
            if let stop {
                position += 1
                offset += 1
                return buffer[stop]
            }
        }
        return nil
    }

    private func fill() throws(Failure) {
        position = 0
        let descriptor = descriptor
        var count = 0
        buffer = [UInt8](unsafeUninitializedCapacity: Self.bufferByteCount) { space, initialized in
            repeat { count = read(descriptor, space.baseAddress, space.count) } while count < 0 && errno == EINTR
            initialized = max(0, count)
        }
        guard count >= 0 else { throw .noInput(path: path, reason: String(cString: strerror(errno))) }
    }
}
