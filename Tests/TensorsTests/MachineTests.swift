import Foundation
import Testing

@testable import Tensors

/// What is asked of the machine: its cores, its levels, its BLAS.
@Suite struct MachineTests {
    @Test func openBLASChoosesItsCoreByItself() throws {
        setenv("OPENBLAS_CORETYPE", "Prescott", 1)
        _ = try BLAS.open()
        #expect(getenv("OPENBLAS_CORETYPE") == nil)
        #expect(try !BLAS.open().coreName.isEmpty)
    }

    @Test func levelIsForcedByName() throws {
        #expect(try Kernels.select(["BERTD_KERNELS": "portable"]).level == .portable)
        #expect(try Kernels.select([:]).level == Kernels.supported.last)
        #expect(throws: TensorError.unknownKernelLevel(found: "sse9", expected: ["portable", "avx2", "avx512"])) {
            try Kernels.select(["BERTD_KERNELS": "sse9"])
        }
        for level in Kernels.Level.allCases where !Kernels.supported.contains(level) {
            #expect(throws: TensorError.self) { try Kernels.select(["BERTD_KERNELS": level.rawValue]) }
        }
    }

    @Test func affinityMaskIsCounted() {
        #expect(LaneCount.allowedCores("Name:\tx\nCpus_allowed:\tf0,00000003\nMems_allowed:\t1\n") == 6)
        #expect(LaneCount.allowedCores("Name:\tx\n") == nil)
        #expect(LaneCount.available > 0)
    }

    @Test(arguments: [
        ("0::/a/b\n", ["a/cpu.max": "250000 100000\n", "a/b/cpu.max": "max 100000\n"], 2),
        ("0::/a/b\n", ["cpu.max": "50000 100000\n"], 1),
        ("0::/gone\n", [:], 8),
        ("0::/\n", ["cpu.max": "nonsense"], 8),
        ("0::/\n", ["cpu.max": "99999900000 100000\n"], 8),
        (
            "4:memory:/\n3:cpu,cpuacct:/x\n",
            ["cpu,cpuacct/x/cpu.cfs_quota_us": "300000\n", "cpu,cpuacct/x/cpu.cfs_period_us": "100000\n"], 3
        ),
        (
            "3:cpu,cpuacct:/\n",
            ["cpu,cpuacct/cpu.cfs_quota_us": "-1\n", "cpu,cpuacct/cpu.cfs_period_us": "100000\n"], 8
        ),
    ])
    func quotaOfTheControlGroupIsRespected(groups: String, files: [String: String], lanes: Int) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        for (path, text) in files {
            let file = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
        #expect(LaneCount.of(cores: 8, groups: groups, root: root.path) == lanes)
    }
}
