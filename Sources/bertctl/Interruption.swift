import Glibc
import Synchronization

/// What happens on Ctrl-C and SIGTERM: a last sentence, no child left behind, and the exit code that shells expect.
///
/// Nothing needs to be tidied up: files are written aside and renamed when complete, and submitted jobs are the
/// service's. So the handler does what a signal handler may do (write, kill, _exit), and every blocking call can be
/// interrupted.
enum Interruption {
    /// The address of a C string that lives as long as the process; 0 for none.
    private static let farewell = Atomic<UInt>(0)
    private static let child = Atomic<pid_t>(0)

    static func arm() {
        // Touched here, so that no lazy initialization happens inside the handler.
        _ = (farewell.load(ordering: .relaxed), child.load(ordering: .relaxed))
        // A caller whose threads take no signals, such as one on libdispatch, hands its mask down.
        var signals = sigset_t()
        sigemptyset(&signals)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in Interruption.end(number) }
            sigaddset(&signals, number)
        }
        pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    }

    /// What to say when the next interruption comes. An earlier sentence is left to the process's end.
    static func say(_ sentence: String) {
        farewell.store(UInt(bitPattern: strdup("\n\(sentence)\n")), ordering: .releasing)
    }

    /// The process to take along; 0 for none.
    static func tie(to processID: pid_t) {
        child.store(processID, ordering: .releasing)
    }

    private static func end(_ number: Int32) {
        if let text = UnsafePointer<CChar>(bitPattern: farewell.load(ordering: .acquiring)) {
            _ = write(STDERR_FILENO, text, strlen(text))
        }
        let child = child.load(ordering: .acquiring)
        if child > 0 { kill(child, SIGTERM) }
        _exit(128 + number)
    }
}
