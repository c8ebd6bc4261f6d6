import Foundation

/// The right of one process to a state folder, held as long as this value lives: a lock on its file `serve.lock`.
///
/// The kernel gives it up when the process dies, however it dies. The file stays and names the last holder.
final class StateLock: Sendable {
    private let descriptor: Int32

    init(folder: URL) throws(JournalError) {
        let path = folder.appending(path: "serve.lock").path
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .folder(path: path, reason: String(cString: strerror(errno))) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let pid = Self.read(descriptor)
            close(descriptor)
            guard reason == EWOULDBLOCK else { throw .folder(path: path, reason: String(cString: strerror(reason))) }
            throw .inUse(folder: folder.path, pid: pid.isEmpty ? "unknown" : pid)
        }
        let pid = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, pid, pid.count, 0) == pid.count else {
            let reason = errno
            close(descriptor)
            if reason == ENOSPC { throw .storageFull }
            throw .folder(path: path, reason: String(cString: strerror(reason)))
        }
    }

    deinit { close(descriptor) }

    private static func read(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)).prefix { $0 >= UInt8(ascii: "0") }, as: UTF8.self)
    }
}
