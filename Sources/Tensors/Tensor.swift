import CKernels

/// An immutable fp32 tensor, row-major, over memory that it shares with whatever owns it.
package struct Tensor: @unchecked Sendable {
    // Unchecked: the memory is never written after `init`, and `owner` keeps it alive.
    package let shape: [Int]
    package let elements: UnsafePointer<Float>
    private let owner: any AnyObject & Sendable

    package var count: Int { shape.reduce(1, *) }

    /// Little-endian bytes of `shape` and `type`. fp32 at an address divisible by four is borrowed, and `owner` (a file
    /// mapping, say) is retained; fp16, bf16 and unaligned fp32 are copied to fp32.
    package init(
        shape: [Int], type: ElementType, bytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable
    ) throws(TensorError) {
        let count = shape.reduce(1, *)
        guard bytes.count == count * type.byteCount else {
            throw .wrongByteCount(shape: shape, type: type, expected: count * type.byteCount, found: bytes.count)
        }
        self.shape = shape
        if type == .float32, let base = bytes.baseAddress, UInt(bitPattern: base) % 4 == 0 {
            elements = base.assumingMemoryBound(to: Float.self)
            self.owner = owner
        } else {
            let block = FloatBlock(count: count)
            Self.convert(bytes, type, count, into: block.base)
            elements = UnsafePointer(block.base)
            self.owner = block
        }
    }

    /// Values in row-major order, as many as `shape` says.
    package init(shape: [Int], values: [Float]) {
        let block = FloatBlock(count: values.count)
        precondition(shape.reduce(1, *) == values.count, "shape \(shape) given \(values.count) values")
        values.withUnsafeBufferPointer { block.base.update(from: $0) }
        self.shape = shape
        elements = UnsafePointer(block.base)
        owner = block
    }

    private static func convert(
        _ bytes: UnsafeRawBufferPointer, _ type: ElementType, _ count: Int, into floats: UnsafeMutablePointer<Float>
    ) {
        guard count > 0 else { return }
        if type == .float32 {
            UnsafeMutableRawBufferPointer(start: floats, count: bytes.count).copyMemory(from: bytes)
            return
        }
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: count) { halves in
            UnsafeMutableRawBufferPointer(halves).copyMemory(from: bytes)
            guard let source = halves.baseAddress else { return }
            if type == .float16 {
                ck_half_to_float(source, count, floats)
            } else {
                ck_bfloat16_to_float(source, count, floats)
            }
        }
    }
}

extension UnsafeMutablePointer<Float> {
    fileprivate func update(from buffer: UnsafeBufferPointer<Float>) {
        guard let source = buffer.baseAddress else { return }
        update(from: source, count: buffer.count)
    }
}
