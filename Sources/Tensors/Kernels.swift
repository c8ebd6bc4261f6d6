import CKernels
import Foundation

/// The elementwise kernels of one level; the arithmetic of the same level multiplies packed weights.
package struct Kernels: @unchecked Sendable {
    // Unchecked: the table is a C constant.
    let table: UnsafePointer<ck_kernels>
    package let level: Level

    package enum Level: String, CaseIterable, Sendable {
        case portable, avx2, avx512

        fileprivate var code: ck_level {
            switch self {
            case .portable: CK_PORTABLE
            case .avx2: CK_AVX2
            case .avx512: CK_AVX512
            }
        }
    }

    /// The levels that this CPU has, the slowest first.
    package static var supported: [Level] { Level.allCases.filter { ck_kernels_of($0.code) != nil } }

    package init(_ level: Level) throws(TensorError) {
        guard let table = ck_kernels_of(level.code) else {
            throw .unsupportedKernelLevel(found: level.rawValue, supported: Self.supported.map(\.rawValue))
        }
        self.table = table
        self.level = level
    }

    /// The best level of this CPU, or the one that `BERTD_KERNELS` names.
    package static func select(
        _ environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(TensorError) -> Kernels {
        guard let name = environment["BERTD_KERNELS"] else { return try Kernels(supported.last ?? .portable) }
        guard let level = Level(rawValue: name) else {
            throw .unknownKernelLevel(found: name, expected: Level.allCases.map(\.rawValue))
        }
        return try Kernels(level)
    }
}
