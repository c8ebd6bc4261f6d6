import Foundation

/// A program could not be started.
struct SpawnError: Error, CustomStringConvertible {
    let path: String
    let code: Int32
    var description: String { "\(path) cannot be started: \(String(cString: strerror(code)))" }
}

/// Starts a program in a process group of its own, with no signal blocked and no file open but the standard ones and
/// `lock`, whose number `--lock-descriptor` tells it.
///
/// A terminal's Ctrl-C goes to the broker alone, which then asks its child to end.
func spawn(_ program: WorkerProgram, inheriting lock: Int32) throws(SpawnError) -> pid_t {
    var attributes = posix_spawnattr_t()
    var actions = posix_spawn_file_actions_t()
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
        posix_spawnattr_destroy(&attributes)
        posix_spawn_file_actions_destroy(&actions)
    }
    var noSignals = sigset_t()
    var everySignal = sigset_t()
    sigemptyset(&noSignals)
    sigfillset(&everySignal)
    posix_spawnattr_setsigmask(&attributes, &noSignals)
    posix_spawnattr_setsigdefault(&attributes, &everySignal)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
        &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP))
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, lock, inheritedLockDescriptor)
    for descriptor in openDescriptors() where descriptor > inheritedLockDescriptor {
        posix_spawn_file_actions_addclose(&actions, descriptor)
    }

    let words = [program.path] + program.arguments + ["--lock-descriptor", "\(inheritedLockDescriptor)"]
    let arguments = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, program.path, &actions, &attributes, arguments, environ)
    guard code == 0 else { throw SpawnError(path: program.path, code: code) }
    return pid
}

/// What this process has open, its own files and what it was started with.
private func openDescriptors() -> [Int32] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return names.compactMap { Int32($0) }
}

/// The first after the standard ones.
private let inheritedLockDescriptor = STDERR_FILENO + 1
