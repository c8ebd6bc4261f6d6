import CMessages
import CProtobufC

/// Swift values into the fields of protobuf-c's structs.
extension Arena {
    /// Room for `count` elements. Only messages of our own are written, and their arena has no ceiling.
    private func room<Element>(_ count: Int, of type: Element.Type) -> UnsafeMutablePointer<Element> {
        guard let memory = take(count * MemoryLayout<Element>.stride) else {
            preconditionFailure("an arena that is written to has no allowance, found \(count) \(type) too many")
        }
        return memory.bindMemory(to: type, capacity: count)
    }

    func put(_ value: Bool?, _ present: inout protobuf_c_boolean, _ field: inout protobuf_c_boolean) {
        guard let value else { return }
        present = 1
        field = value ? 1 : 0
    }

    /// Writes a number, or the nearest that the field can hold.
    func put<Field: FixedWidthInteger>(
        _ value: (some BinaryInteger)?, _ present: inout protobuf_c_boolean, _ field: inout Field
    ) {
        guard let value else { return }
        present = 1
        field = Field(clamping: value)
    }

    /// Writes a finite number; another is left out.
    func put(_ value: Double?, _ present: inout protobuf_c_boolean, _ field: inout Double) {
        guard let value, value.isFinite else { return }
        present = 1
        field = value
    }

    func put(_ value: String?, _ present: inout protobuf_c_boolean, _ field: inout ProtobufCBinaryData) {
        guard var value else { return }
        present = 1
        field = value.withUTF8 { copy(UnsafeRawBufferPointer($0)) }
    }

    func put(_ value: [UInt8]?, _ present: inout protobuf_c_boolean, _ field: inout ProtobufCBinaryData) {
        guard let value else { return }
        present = 1
        field = value.withUnsafeBytes(copy)
    }

    func put(_ value: Digest?, _ present: inout protobuf_c_boolean, _ field: inout ProtobufCBinaryData) {
        guard let value else { return }
        present = 1
        field = value.withUnsafeBytes(copy)
    }

    /// Writes whole milliseconds.
    func put(milliseconds value: Duration?, _ present: inout protobuf_c_boolean, _ field: inout UInt32) {
        put(value.map { $0.wholeMicroseconds / 1000 }, &present, &field)
    }

    /// Writes whole milliseconds.
    func put(milliseconds value: Duration?, _ present: inout protobuf_c_boolean, _ field: inout UInt64) {
        put(value.map { max(0, $0.wholeMicroseconds / 1000) }, &present, &field)
    }

    /// Writes whole microseconds.
    func put(microseconds value: Duration, _ present: inout protobuf_c_boolean, _ field: inout UInt64) {
        put(value.wholeMicroseconds, &present, &field)
    }

    private func copy(_ bytes: UnsafeRawBufferPointer) -> ProtobufCBinaryData {
        let memory = room(bytes.count, of: UInt8.self)
        UnsafeMutableRawBufferPointer(start: memory, count: bytes.count).copyMemory(from: bytes)
        return ProtobufCBinaryData(len: bytes.count, data: memory)
    }

    /// A struct of protobuf-c, initialized and filled.
    func make<Struct: ProtobufStruct>(
        _ type: Struct.Type, _ fill: (inout Struct) -> Void = { _ in }
    ) -> UnsafeMutablePointer<Struct> {
        let memory = room(1, of: type)
        Struct.initialize(memory)
        fill(&memory.pointee)
        return memory
    }

    func message<Message: WireMessage>(_ message: Message?) -> UnsafeMutablePointer<Message.Struct>? {
        message.map { message in make(Message.Struct.self) { message.write(to: &$0, self) } }
    }

    func list<Message: WireMessage>(
        _ messages: [Message]
    ) -> (Int, UnsafeMutablePointer<UnsafeMutablePointer<Message.Struct>?>) {
        let memory = room(messages.count, of: UnsafeMutablePointer<Message.Struct>?.self)
        for (index, message) in messages.enumerated() { memory[index] = self.message(message) }
        return (messages.count, memory)
    }

    func list<Number: FixedWidthInteger>(_ numbers: [Number]) -> (Int, UnsafeMutablePointer<Number>) {
        let memory = room(numbers.count, of: Number.self)
        memory.initialize(from: numbers, count: numbers.count)
        return (numbers.count, memory)
    }

    func list(_ fences: [Fence]) -> (Int, UnsafeMutablePointer<UInt64>) { list(fences.map(\.rawValue)) }

    func list(_ blobs: [[UInt8]]) -> (Int, UnsafeMutablePointer<ProtobufCBinaryData>) {
        list(blobs) { blob in blob.withUnsafeBytes(copy) }
    }

    func list(_ digests: [Digest]) -> (Int, UnsafeMutablePointer<ProtobufCBinaryData>) {
        list(digests) { digest in digest.withUnsafeBytes(copy) }
    }

    private func list<Element>(
        _ elements: [Element], _ copy: (Element) -> ProtobufCBinaryData
    ) -> (Int, UnsafeMutablePointer<ProtobufCBinaryData>) {
        let memory = room(elements.count, of: ProtobufCBinaryData.self)
        for (index, element) in elements.enumerated() { memory[index] = copy(element) }
        return (elements.count, memory)
    }
}
