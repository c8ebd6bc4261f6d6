import Foundation
import Logging

/// A worker that a broker keeps alive: started, started again when it dies, adopted when it outlived a broker before
/// this one.
///
/// The child holds a lock file through a descriptor it inherited. A lock that cannot be taken means that such a child is
/// alive, whoever started it: it reconnects by itself, and no second one is started until the lock is free.
final class ChildWorker {
    let program: WorkerProgram
    private let lockPath: String
    private let log: Logger
    private var pid: pid_t?
    private var isStopping = false
    private var deaths = 0
    private var startedAt: ContinuousClock.Instant?
    private var nextStart: ContinuousClock.Instant
    /// The process of a child that another broker started.
    private var adopted: pid_t?

    init(_ program: WorkerProgram, lockIn folder: URL, log: Logger, at now: ContinuousClock.Instant) {
        self.program = program
        self.log = log
        lockPath = folder.appending(path: program.workerID + ".lock").path
        nextStart = now
    }

    /// Starts the child if there is none, it is time to, and it is wanted.
    func check(at now: ContinuousClock.Instant, isWanted: Bool = true) {
        guard pid == nil, !isStopping, nextStart <= now else { return }
        let lock = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { return log.error("\(lockPath) cannot be opened: \(String(cString: strerror(errno)))") }
        defer { close(lock) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            if adopted == nil { log.info("the worker '\(program.workerID)' of an earlier broker is alive: adopted") }
            adopted = Self.processID(in: lock)
            return
        }
        adopted = nil
        if isWanted { start(lock, at: now) }
    }

    /// A process has ended; it may have been this child.
    func ended(_ child: pid_t, status: Int32, at now: ContinuousClock.Instant) {
        guard child == pid else { return }
        pid = nil
        let lived = startedAt.map { $0.duration(to: now) } ?? .zero
        deaths = lived > Self.healthyLife ? 0 : min(deaths + 1, 6)
        nextStart = now + Self.firstPause * (1 << deaths)
        guard !isStopping else { return }
        let pause = nextStart - now
        log.error("the worker '\(program.workerID)' ended (\(Self.cause(status))), next start in \(pause)")
    }

    /// Asks the child to hand back what it has not begun and to end.
    func stop() {
        isStopping = true
        if let child = pid ?? adopted { kill(child, SIGTERM) }
    }

    var isRunning: Bool { pid != nil }

    private func start(_ lock: Int32, at now: ContinuousClock.Instant) {
        do {
            let child = try spawn(program, inheriting: lock)
            write(child, to: lock)
            pid = child
            startedAt = now
            log.info("started the worker '\(program.workerID)', pid \(child)")
        } catch {
            deaths = min(deaths + 1, 6)
            nextStart = now + Self.firstPause * (1 << deaths)
            log.error("\(error)")
        }
    }

    /// The lock file names the process that holds it, for a broker that adopts it.
    private func write(_ child: pid_t, to lock: Int32) {
        let text = Array("\(child)\n".utf8)
        if ftruncate(lock, 0) != 0 || pwrite(lock, text, text.count, 0) != text.count {
            log.warning("\(lockPath) cannot be written: a later broker will not be able to stop this worker")
        }
    }

    private static func processID(in lock: Int32) -> pid_t? {
        var text = [UInt8](repeating: 0, count: 32)
        let count = pread(lock, &text, text.count, 0)
        let digits = String(decoding: text.prefix(max(0, count)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return pid_t(digits).flatMap { $0 > 1 ? $0 : nil }
    }

    private static func cause(_ status: Int32) -> String {
        let signal = status & 0x7f
        return signal == 0 ? "exit code \(status >> 8 & 0xff)" : "signal \(signal)"
    }

    private static let firstPause = Duration.milliseconds(100)
    private static let healthyLife = Duration.seconds(30)
}
