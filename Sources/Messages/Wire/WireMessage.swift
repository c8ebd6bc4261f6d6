import CMessages
import CProtobufC

/// A Swift value that has a struct of protobuf-c for its wire form.
protocol WireMessage {
    associatedtype Struct: ProtobufStruct

    /// Reads the struct, and copies everything that it keeps.
    init(_ wire: Struct) throws(MessageError)

    /// Fills a struct that has just been initialized. What it points to lives in the arena.
    func write(to wire: inout Struct, _ arena: Arena)
}

extension WireMessage {
    /// The bytes of this message; equal values give equal bytes.
    func packed() -> [UInt8] {
        let arena = Arena()
        return withExtendedLifetime(arena) {
            let message = UnsafeRawPointer(arena.make(Struct.self) { write(to: &$0, arena) }).assumingMemoryBound(
                to: ProtobufCMessage.self)
            let size = protobuf_c_message_get_packed_size(message)
            return [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
                count = protobuf_c_message_pack(message, bytes.baseAddress)
            }
        }
    }

    static func unpacked(from frame: UnsafeRawBufferPointer) throws(MessageError) -> Self {
        try Struct.unpack(frame) { wire throws(MessageError) in try Self(wire) }
    }

    static func unpacked(from frame: [UInt8]) throws(MessageError) -> Self {
        try frame.withUnsafeBufferPointer { bytes throws(MessageError) in
            try unpacked(from: UnsafeRawBufferPointer(bytes))
        }
    }
}
