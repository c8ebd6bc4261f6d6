import Foundation

/// What this process has held at most, and what it may hold.
enum MemoryUse {
    /// The greatest resident size so far, in bytes.
    static var peakBytes: Int { field("VmHWM", in: "/proc/self/status") ?? 0 }

    /// The machine's memory, or the limit of the control group where that is less.
    static var machineBytes: Int {
        let limits = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"].compactMap { path in
            (try? String(contentsOfFile: path, encoding: .utf8)).flatMap { Int($0.filter { !$0.isWhitespace }) }
        }
        return ([field("MemTotal", in: "/proc/meminfo") ?? .max] + limits).min() ?? .max
    }

    /// A line such as `VmHWM:   123456 kB`.
    private static func field(_ name: String, in path: String) -> Int? {
        let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
        let line = lines.first { $0.hasPrefix(name + ":") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
}
