import CKernels
import Glibc

/// Memory for floats, aligned for every vector width, freed with the object. Contents start undefined.
///
/// A large block asks for huge pages: a product walks rows that lie kilobytes apart, and with pages of 4 KiB the nearest
/// translation buffer holds too few of them.
final class FloatBlock: @unchecked Sendable {
    // Unchecked: the holder decides who writes; a block inside a Tensor or WeightMatrix is never written again.
    let base: UnsafeMutablePointer<Float>

    init(count: Int) {
        let bytes = max(count, 1) * MemoryLayout<Float>.stride
        let isLarge = bytes >= hugePage
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: bytes, alignment: isLarge ? hugePage : Int(CK_ALIGNMENT))
        // Only whole pages, so that a block holds no more than was asked for. A kernel that has none refuses: no matter.
        if isLarge { madvise(memory, bytes / hugePage * hugePage, MADV_HUGEPAGE) }
        base = memory.bindMemory(to: Float.self, capacity: max(count, 1))
    }

    deinit { base.deallocate() }
}

/// Bytes of a huge page of x86-64, and of aarch64 with pages of 4 KiB.
private let hugePage = 2 << 20
