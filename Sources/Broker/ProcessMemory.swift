import Foundation

/// What this process holds of the machine's memory.
enum ProcessMemory {
    /// Bytes in RAM, from the second field of /proc/self/statm (pages); 0 where there is no /proc.
    static var residentBytes: Int {
        guard let file = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let fields = file.split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
