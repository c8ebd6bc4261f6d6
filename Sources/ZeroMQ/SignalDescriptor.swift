import CZeroMQ
import Glibc

/// The signals that a daemon acts on, read from a descriptor in its poll set instead of in a handler (signalfd).
package final class SignalDescriptor {
    package enum Signal: CaseIterable, Sendable {
        case terminate, interrupt, child, hangUp

        fileprivate var number: Int32 {
            switch self {
            case .terminate: SIGTERM
            case .interrupt: SIGINT
            case .child: SIGCHLD
            case .hangUp: SIGHUP
            }
        }
    }

    package let descriptor: Int32

    /// Blocks the signals in the calling thread and in every thread it starts.
    ///
    /// The first line of `main`: a thread that exists before would still be killed by them. A child process inherits
    /// the mask; who starts one resets it.
    package static func block() {
        var set = signalSet
        pthread_sigmask(SIG_BLOCK, &set, nil)
    }

    package init() throws(ZeroMQError) {
        var set = Self.signalSet
        descriptor = signalfd(-1, &set, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK))
        guard descriptor >= 0 else { throw .last("signalfd") }
    }

    /// The signals that came since the last call. Equal ones that were pending together are one, as always.
    package func drain() -> [Signal] {
        var signals: [Signal] = []
        var entry = signalfd_siginfo()
        let size = MemoryLayout<signalfd_siginfo>.size
        while true {
            let count = read(descriptor, &entry, size)
            if count == size {
                signals += Signal.allCases.filter { UInt32($0.number) == entry.ssi_signo }
            } else if count >= 0 || errno != EINTR {
                return signals
            }
        }
    }

    private static var signalSet: sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        for signal in Signal.allCases { sigaddset(&set, signal.number) }
        return set
    }

    deinit {
        close(descriptor)
    }
}
