import Glibc
import Synchronization

/// How long what nothing refers to yet is safe from `collect`: `grace`, counted from the date of its name.
///
///     date ─────────────── grace ───────────────► may go
///          what a worker made is dated back: ──── workerGrace ───► may go
extension Store {
    /// Lets a name live for `life` from now on, or for as long as it would have anyway.
    ///
    /// - Returns: false where there is no such name
    func prolong(_ path: String, for life: Duration) -> Bool {
        let date = Self.date(for: life)
        return names.withLock { _ in
            var status = stat()
            guard stat(path, &status) == 0 else { return false }
            let isYounger = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec) > (date.tv_sec, date.tv_nsec)
            return isYounger || utimensat(AT_FDCWD, path, [date, date], 0) == 0
        }
    }

    /// Dates a new file or folder, which has no name yet, so that it lives for `life` from now on.
    func setLife(_ life: Duration, of path: String) throws(StoreError) {
        let date = Self.date(for: life)
        guard utimensat(AT_FDCWD, path, [date, date], 0) == 0 else { throw StoreError("date", path, code: errno) }
    }

    private static func date(for life: Duration) -> timespec {
        var date = timespec()
        clock_gettime(CLOCK_REALTIME, &date)
        date.tv_sec -= Int((grace - life).components.seconds)
        return date
    }
}
