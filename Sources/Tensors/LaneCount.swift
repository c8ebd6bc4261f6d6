import Foundation

/// How many lanes this process may keep busy: the cores it may run on, cut by the quota of its control group.
package enum LaneCount {
    package static var available: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let groups = (try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)) ?? ""
        let cores = allowedCores(status) ?? ProcessInfo.processInfo.activeProcessorCount
        return of(cores: cores, groups: groups, root: "/sys/fs/cgroup")
    }

    /// The affinity mask in `/proc/self/status`: `Cpus_allowed:` and hexadecimal digits in groups.
    static func allowedCores(_ status: String) -> Int? {
        let name = "Cpus_allowed:"
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return nil }
        let cores = line.dropFirst(name.count).compactMap(\.hexDigitValue).reduce(0) { $0 + $1.nonzeroBitCount }
        return cores > 0 ? cores : nil
    }

    /// `groups` has the lines of `/proc/self/cgroup`, `hierarchy:controllers:path`; a quota holds for all groups below the
    /// one that has it. In a container the path may not exist under `root`, whose own files then tell the quota.
    static func of(cores: Int, groups: String, root: String) -> Int {
        let quotas = groups.split(separator: "\n").flatMap { line -> [Double] in
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 3 else { return [] }
            if fields[0] == "0" && fields[1].isEmpty {
                return ancestors(fields[2]).compactMap { quotaV2("\(root)\($0)/cpu.max") }
            }
            guard fields[1].split(separator: ",").contains("cpu") else { return [] }
            return ancestors(fields[2]).compactMap { quotaV1("\(root)/\(fields[1])\($0)") }
        }
        let quota = quotas.min() ?? Double(cores)
        return max(1, min(cores, Int(min(quota, Double(cores)))))
    }

    /// `/a/b` → `/a/b`, `/a`, and the root itself.
    private static func ancestors(_ path: String) -> [String] {
        let names = path.split(separator: "/")
        return (0...names.count).map { names.prefix($0).map { "/\($0)" }.joined() }
    }

    /// `cpu.max` is `max 100000` or `150000 100000`: microseconds of CPU in each period.
    private static func quotaV2(_ path: String) -> Double? {
        let fields = (try? String(contentsOfFile: path, encoding: .utf8))?.split(whereSeparator: \.isWhitespace)
        guard let fields, fields.count == 2 else { return nil }
        return ratio(fields[0], fields[1])
    }

    private static func quotaV1(_ folder: String) -> Double? {
        guard let quota = try? String(contentsOfFile: "\(folder)/cpu.cfs_quota_us", encoding: .utf8),
            let period = try? String(contentsOfFile: "\(folder)/cpu.cfs_period_us", encoding: .utf8)
        else { return nil }
        return ratio(quota.prefix { !$0.isWhitespace }, period.prefix { !$0.isWhitespace })
    }

    /// Nil where there is no quota (`max`, or -1).
    private static func ratio(_ quota: Substring, _ period: Substring) -> Double? {
        guard let quota = Double(quota), let period = Double(period), quota > 0, period > 0 else { return nil }
        return quota / period
    }
}
