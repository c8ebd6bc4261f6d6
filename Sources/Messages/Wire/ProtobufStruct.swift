import CMessages
import CProtobufC

/// A struct that protoc-c has generated.
///
/// Only the generated function that initializes it is named here: the descriptor that this function puts into the
/// struct has a stable address, while the descriptor's own symbol has none in Swift.
protocol ProtobufStruct {
    static func initialize(_ memory: UnsafeMutablePointer<Self>)
}

extension ProtobufStruct {
    /// Unpacks a frame and lends the struct to `read`, for as long as that runs.
    ///
    /// A frame may take twice its size and 48 MiB of memory. 100 000 texts of one byte, as many as a command may have,
    /// take up to 96 bytes each (a struct of 16, a place of 16, 32 to 64 for protobuf-c's notes while it reads), pairs
    /// twice that, and questions of one byte three times; bytes made to swell, 36 to 56 times their size, hit the
    /// ceiling.
    ///
    /// - Throws: `malformed` when the frame is not such a message, `unaffordable` when it hits the ceiling, and what
    ///   `read` throws
    static func unpack<Value>(
        _ frame: UnsafeRawBufferPointer, _ read: (Self) throws(MessageError) -> Value
    ) throws(MessageError) -> Value {
        let arena = Arena(allowance: 2 * frame.count + (48 << 20), expecting: 2 * frame.count + 512)
        defer { withExtendedLifetime(arena) {} }
        var allocator = arena.allocator
        let descriptor = descriptor
        let message = protobuf_c_message_unpack(
            descriptor, &allocator, frame.count, frame.baseAddress?.assumingMemoryBound(to: UInt8.self))
        guard let message else {
            let name = String(cString: descriptor.pointee.short_name)
            throw arena.isExhausted
                ? .unaffordable(message: name, byteCount: frame.count)
                : .malformed(message: name, byteCount: frame.count)
        }
        return try read(UnsafeRawPointer(message).assumingMemoryBound(to: Self.self).pointee)
    }

    private static var descriptor: UnsafePointer<ProtobufCMessageDescriptor> {
        withUnsafeTemporaryAllocation(of: Self.self, capacity: 1) { memory in
            let start = memory.baseAddress!
            initialize(start)
            return UnsafeRawPointer(start).assumingMemoryBound(to: ProtobufCMessage.self).pointee.descriptor
        }
    }
}
