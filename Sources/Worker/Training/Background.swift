import Glibc

/// How a training worker gives way to everything else on its machine.
enum Background {
    static let niceness: Int32 = 19
    static let outOfMemoryScore = 500

    /// Serving gets the cores first, and when memory runs out this process goes first.
    ///
    /// To be called before any other thread exists: on Linux niceness is a thread's, and inherited from its maker. What the
    /// system refuses is left as it is: the run's results do not depend on it.
    static func enter() {
        setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
        let descriptor = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        let text = Array("\(outOfMemoryScore)".utf8)
        _ = write(descriptor, text, text.count)
        close(descriptor)
    }
}
