import Glibc

/// Another program, run to its end with its output in memory.
struct ChildProcess {
    struct Result {
        /// Its exit code, or 128 plus the signal that ended it; 127 when there is no such program.
        let status: Int32
        /// stdout and stderr together, the last 64 KiB.
        let output: String
    }

    /// - Parameters:
    ///   - program: searched in PATH
    ///   - input: what it reads from stdin: the place for secrets, because arguments are visible to every user
    ///   - tick: called ten times a second while it runs
    static func run(_ program: String, _ arguments: [String], input: String = "", tick: () -> Void = {}) throws(Failure)
        -> Result
    {
        let stdin = namelessFile()
        let stdout = namelessFile()
        defer {
            close(stdin)
            close(stdout)
        }
        guard stdin >= 0, stdout >= 0, write(stdin, input, input.utf8.count) == input.utf8.count else {
            throw .tryLater("cannot run \(program): \(String(cString: strerror(errno)))")
        }
        lseek(stdin, 0, SEEK_SET)
        guard let child = spawn(program, arguments, stdin: stdin, stdout: stdout) else {
            return Result(status: 127, output: "there is no program '\(program)'")
        }
        Interruption.tie(to: child)
        defer { Interruption.tie(to: 0) }
        var status: Int32 = 0
        var turn = 0
        while true {
            let ended = waitpid(child, &status, WNOHANG)
            if ended == child || (ended < 0 && errno != EINTR) { break }
            if turn.isMultiple(of: 10) { tick() }
            turn += 1
            usleep(10_000)
        }
        let signal = status & 0x7F
        return Result(status: signal == 0 ? (status >> 8) & 0xFF : 128 + signal, output: tail(of: stdout))
    }

    private static func spawn(_ program: String, _ arguments: [String], stdin: Int32, stdout: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, stdin, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, stdout, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, stdout, STDERR_FILENO)
        var argv: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { argv.forEach { free($0) } }
        var child: pid_t = 0
        return posix_spawnp(&child, program, &actions, nil, &argv, environ) == 0 ? child : nil
    }

    /// A file that only this process and its child can see, gone when both close it; -1 where there can be none.
    private static func namelessFile() -> Int32 {
        var name = Array(("/tmp/bertctl-" + String(repeating: "X", count: 6)).utf8CString)
        let file = mkstemp(&name)
        if file >= 0 {
            unlink(name)
            _ = fcntl(file, F_SETFD, FD_CLOEXEC)
        }
        return file
    }

    private static func tail(of file: Int32) -> String {
        let limit = 64 << 10
        let size = lseek(file, 0, SEEK_END)
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, initialized in
            initialized = max(0, pread(file, buffer.baseAddress, limit, max(0, size - limit)))
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
