import CKernels

/// Memory for floats, aligned for every vector width, freed with the object. Contents start undefined.
final class FloatBlock: @unchecked Sendable {
    // Unchecked: the holder decides who writes; a block inside a Tensor or WeightMatrix is never written again.
    let base: UnsafeMutablePointer<Float>

    init(count: Int) {
        base = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: Int(CK_ALIGNMENT)
        ).bindMemory(to: Float.self, capacity: max(count, 1))
    }

    deinit { base.deallocate() }
}
