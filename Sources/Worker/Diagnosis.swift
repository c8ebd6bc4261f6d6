package import Foundation
import Tensors

/// What this machine gives a worker, for a person to read.
package struct Diagnosis {
    /// A name and what was found, in the order in which to show them.
    package private(set) var findings: [(name: String, value: String)] = []
    /// What makes it slower than it could be.
    package private(set) var warnings: [String] = []
    /// What keeps it from working at all.
    package private(set) var problems: [String] = []

    /// Looks at the machine. Opens OpenBLAS, so that it is to be called before other threads exist.
    package init(stateFolder: URL, environment: [String: String] = ProcessInfo.processInfo.environment) {
        let cpu = CPU(cpuinfo: Self.contents("/proc/cpuinfo"))
        add("CPU", cpu.name)
        add("features", cpu.features.isEmpty ? "none that is used" : cpu.features.joined(separator: " "))
        addKernels(environment)
        addBLAS(cpu, environment)
        let cores = ProcessInfo.processInfo.processorCount
        let lanes = LaneCount.available
        let reason = lanes < cores ? "what affinity and control group leave of \(cores) cores" : "one a core"
        add("lanes", "\(lanes): \(reason)")
        let memory = Self.memory(meminfo: Self.contents("/proc/meminfo"))
        add("memory", "\(memory.total / 1024) MiB, \(memory.available / 1024) MiB available")
        addTraining(lanes: lanes)
        addStateFolder(stateFolder)
        addDescriptors()
    }

    private mutating func add(_ name: String, _ value: String) {
        findings.append((name, value))
    }

    private mutating func addKernels(_ environment: [String: String]) {
        do {
            let kernels = try Kernels.select(environment)
            let supported = Kernels.supported.map(\.rawValue).joined(separator: ", ")
            add("kernels", "\(kernels.level.rawValue), of \(supported)")
            if let best = Kernels.supported.last, kernels.level != best {
                warnings.append("BERTD_KERNELS asks for \(kernels.level.rawValue), this CPU has \(best.rawValue)")
            }
        } catch {
            problems.append("\(error)")
        }
    }

    private mutating func addBLAS(_ cpu: CPU, _ environment: [String: String]) {
        if let core = environment["OPENBLAS_CORETYPE"] {
            warnings.append("OPENBLAS_CORETYPE is '\(core)': bertd ignores it, other programs become slower by it")
        }
        do {
            let blas = try BLAS.open()
            let file = Self.contents("/proc/self/maps").split(separator: "\n")
                .first { $0.contains("libopenblas") }?.split(separator: " ").last
            add("OpenBLAS", "core \(blas.coreName), \(file ?? "file not found")")
            if let warning = cpu.warning(aboutCore: blas.coreName) { warnings.append(warning) }
        } catch {
            problems.append("\(error)")
        }
    }

    /// What a training worker would use: it gives way to everything else.
    private mutating func addTraining(lanes: Int) {
        add(
            "training",
            "\(lanes) \(lanes == 1 ? "lane" : "lanes") at nice \(Background.niceness), "
                + "first to go when memory runs out (oom_score_adj \(Background.outOfMemoryScore))")
    }

    /// The folder, or the one in which it would be made.
    private mutating func addStateFolder(_ folder: URL) {
        var existing = folder.standardizedFileURL
        while !FileManager.default.fileExists(atPath: existing.path), existing.path != "/" {
            existing.deleteLastPathComponent()
        }
        let isThere = existing.path == folder.standardizedFileURL.path
        let isWritable = FileManager.default.isWritableFile(atPath: existing.path)
        add("state folder", "\(folder.path), \(isThere ? "there" : "not there yet")")
        if !isWritable { problems.append("\(existing.path) cannot be written to, expected a folder that can") }
    }

    private mutating func addDescriptors() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        add("descriptors", "\(limit.rlim_cur)")
        if limit.rlim_cur < Self.fewestDescriptors {
            warnings.append("\(limit.rlim_cur) open files are allowed, expected \(Self.fewestDescriptors) (ulimit -n)")
        }
    }

    /// A server holds one for each connection.
    private static let fewestDescriptors: rlim_t = 4096

    private static func contents(_ path: String) -> String {
        (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    }

    /// In KiB.
    private static func memory(meminfo: String) -> (total: Int, available: Int) {
        func value(_ name: String) -> Int {
            meminfo.split(separator: "\n").first { $0.hasPrefix(name) }?
                .split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        }
        return (value("MemTotal:"), value("MemAvailable:"))
    }
}
