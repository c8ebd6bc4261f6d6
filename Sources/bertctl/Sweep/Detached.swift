import Foundation
import Glibc

/// This program once more, in a session of its own, so that neither Ctrl-C nor a closed terminal reaches it.
enum Detached {
    /// POSIX_SPAWN_SETSID of <spawn.h>, which Swift does not import.
    private static let newSession: Int16 = 0x80

    /// - Parameter name: of its log
    /// - Returns: where its log is
    static func start(_ arguments: [String], called name: String) throws -> String {
        let log = try logFile(name)
        keepDescriptorsHere()
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        posix_spawnattr_setflags(&attributes, Self.newSession)
        var argv: [UnsafeMutablePointer<CChar>?] = (["bertctl"] + arguments).map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        var child: pid_t = 0
        let status = posix_spawn(&child, "/proc/self/exe", &actions, &attributes, &argv, environ)
        guard status == 0 else {
            throw Failure.tryLater("cannot start the controller: \(String(cString: strerror(status)))")
        }
        return log
    }

    /// Whoever waits for a pipe or a socket of this process to be closed is not to wait for the other one.
    private static func keepDescriptorsHere() {
        let open = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
        for descriptor in open.compactMap(Int32.init) where descriptor > STDERR_FILENO {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    private static func logFile(_ name: String) throws -> String {
        let environment = ProcessInfo.processInfo.environment
        let state =
            environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? NSHomeDirectory() + "/.local/state"
        let folder = "\(state)/bertd/sweeps"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure.cannotWrite(path: folder, reason: error.localizedDescription)
        }
        return "\(folder)/\(name).log"
    }
}
