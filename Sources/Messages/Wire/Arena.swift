import CMessages
import CProtobufC

/// Memory for one message on its way in or out: taken piece by piece, given back as a whole.
///
/// protobuf-c needs stable addresses for everything that it packs, and an allocator for everything that it unpacks. This
/// is both. A message that is unpacked gets an allowance, so that a few bytes from a peer cannot grow into gigabytes.
final class Arena {
    /// What may still be taken, in bytes.
    private var allowance: Int
    private(set) var isExhausted = false
    private var chunks: [UnsafeMutableRawPointer] = []
    private var free: UnsafeMutableRawBufferPointer
    private var chunkSize: Int

    /// - Parameters:
    ///   - allowance: bytes that may be taken in all
    ///   - expected: bytes that will probably be taken; a good guess saves calls of `malloc`
    init(allowance: Int = .max, expecting expected: Int = 2048) {
        self.allowance = allowance
        chunkSize = expected
        free = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }

    deinit {
        for chunk in chunks { chunk.deallocate() }
    }

    /// `byteCount` bytes at a multiple of 16, or nil when the allowance is used up.
    func take(_ byteCount: Int) -> UnsafeMutableRawPointer? {
        guard byteCount >= 0, byteCount <= allowance - 15 else {
            isExhausted = true
            return nil
        }
        let size = max(16, (byteCount + 15) & ~15)
        guard size <= allowance else {
            isExhausted = true
            return nil
        }
        allowance -= size
        if size > free.count { addChunk(atLeast: size) }
        let taken = free.baseAddress
        free = UnsafeMutableRawBufferPointer(rebasing: free[size...])
        return taken
    }

    private func addChunk(atLeast size: Int) {
        let count = max(size, chunkSize)
        let chunk = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
        chunks.append(chunk)
        free = UnsafeMutableRawBufferPointer(start: chunk, count: count)
        chunkSize = min(2 * chunkSize, 1 << 20)
    }

    /// protobuf-c's view of the arena; good for as long as the arena lives.
    var allocator: ProtobufCAllocator {
        ProtobufCAllocator(
            alloc: { arena, size in
                arena.flatMap { Unmanaged<Arena>.fromOpaque($0).takeUnretainedValue().take(size) }
            },
            free: { _, _ in },
            allocator_data: Unmanaged.passUnretained(self).toOpaque())
    }
}
