/// What a CPU calls itself, and which of the features that matter here it has.
package struct CPU: Sendable {
    package let name: String
    package let features: [String]

    /// Features that kernels are written for, or that OpenBLAS chooses its own by.
    private static let wanted = ["avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "asimd"]

    /// - Parameter cpuinfo: the text of /proc/cpuinfo; the first core speaks for all
    package init(cpuinfo: String) {
        func value(_ keys: Set<String>) -> Substring? {
            for line in cpuinfo.split(separator: "\n") {
                let parts = line.split(separator: ":", maxSplits: 1)
                guard parts.count == 2, keys.contains(String(parts[0].trimming { $0.isWhitespace })) else { continue }
                return parts[1].trimming { $0.isWhitespace }
            }
            return nil
        }
        name = value(["model name", "Processor"]).map(String.init) ?? "unknown"
        let flags = Set((value(["flags", "Features"]) ?? "").split(separator: " ").map(String.init))
        features = Self.wanted.filter(flags.contains)
    }

    /// What is wrong when OpenBLAS has chosen kernels for `core` on this CPU; nil when nothing is.
    package func warning(aboutCore core: String) -> String? {
        let expected: [String]
        if features.contains("avx512f") {
            // Of AMD's cores with AVX-512, OpenBLAS 0.3.21 calls those with bfloat16 Cooperlake, the others SkylakeX.
            expected = ["SkylakeX", "Cooperlake", "Sapphirerapids"]
        } else if features.contains("avx2") {
            expected = ["Haswell", "Zen", "Excavator"]
        } else {
            return nil
        }
        if expected.contains(where: { $0.lowercased() == core.lowercased() }) { return nil }
        return "OpenBLAS uses its kernels for \(core), expected one of \(expected.joined(separator: ", ")) on this CPU"
    }
}

extension Substring {
    fileprivate func trimming(_ isTrimmed: (Character) -> Bool) -> Substring {
        guard let first = firstIndex(where: { !isTrimmed($0) }), let last = lastIndex(where: { !isTrimmed($0) }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }
}
