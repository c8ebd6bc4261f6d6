import CMessages
import CProtobufC

/// The fields of protobuf-c's structs as Swift values; nil where the field is absent.
enum Read {
    /// The largest number that is read as an `Int`: sums and differences of a few of them cannot overflow.
    static let largestNumber = 1 << 53

    static func present<Value>(_ present: protobuf_c_boolean, _ value: Value) -> Value? {
        present != 0 ? value : nil
    }

    static func bool(_ present: protobuf_c_boolean, _ value: protobuf_c_boolean) -> Bool? {
        present != 0 ? value != 0 : nil
    }

    static func number(
        _ present: protobuf_c_boolean, _ value: some FixedWidthInteger, _ field: String
    ) throws(MessageError) -> Int? {
        present != 0 ? try number(value, field) : nil
    }

    private static func number(_ value: some FixedWidthInteger, _ field: String) throws(MessageError) -> Int {
        guard let number = Int(exactly: value), (0...largestNumber).contains(number) else {
            throw .field(field, expected: "a number from 0 to \(largestNumber)", found: "\(value)")
        }
        return number
    }

    static func numbers(
        _ count: Int, _ values: UnsafeMutablePointer<UInt64>?, _ field: String
    ) throws(MessageError) -> [Int] {
        var numbers: [Int] = []
        for value in list(count, values) { numbers.append(try number(value, field)) }
        return numbers
    }

    static func list<Number>(_ count: Int, _ values: UnsafeMutablePointer<Number>?) -> [Number] {
        Array(UnsafeBufferPointer(start: values, count: values == nil ? 0 : count))
    }

    static func fences(_ count: Int, _ values: UnsafeMutablePointer<UInt64>?) -> [Fence] {
        list(count, values).map(Fence.init(rawValue:))
    }

    static func time(_ present: protobuf_c_boolean, _ value: Int64) -> UnixTime? {
        present != 0 ? UnixTime(microseconds: value) : nil
    }

    static func milliseconds(_ present: protobuf_c_boolean, _ value: UInt32) -> Duration? {
        present != 0 ? .milliseconds(Int64(value)) : nil
    }

    static func milliseconds(
        _ present: protobuf_c_boolean, _ value: UInt64, _ field: String
    ) throws(MessageError) -> Duration? {
        try number(present, value, field).map { .milliseconds(Int64(min($0, largestMilliseconds))) }
    }

    /// So that a time in milliseconds is one in microseconds, too.
    static let largestMilliseconds = largestNumber / 1000

    static func microseconds(
        _ present: protobuf_c_boolean, _ value: UInt64, _ field: String
    ) throws(MessageError) -> Duration {
        .microseconds(Int64(try number(present, value, field) ?? 0))
    }

    static func bytes(_ value: ProtobufCBinaryData) -> [UInt8] { Array(buffer(value)) }

    private static func buffer(_ value: ProtobufCBinaryData) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: value.data, count: value.data == nil ? 0 : value.len)
    }

    static func string(
        _ present: protobuf_c_boolean, _ value: ProtobufCBinaryData, _ field: String
    ) throws(MessageError) -> String? {
        guard present != 0 else { return nil }
        guard let string = String(validating: buffer(value), as: UTF8.self) else {
            throw .invalidUTF8(field: field)
        }
        return string
    }

    static func strings(
        _ count: Int, _ values: UnsafeMutablePointer<ProtobufCBinaryData>?, _ field: String
    ) throws(MessageError) -> [String] {
        var strings: [String] = []
        for value in list(count, values) {
            if let string = try string(1, value, field) { strings.append(string) }
        }
        return strings
    }

    /// A word of a closed set that a newer peer may have widened.
    static func word<Word: OpenWord>(
        _ present: protobuf_c_boolean, _ value: ProtobufCBinaryData, as type: Word.Type = Word.self
    ) -> Word? {
        present != 0 ? Word(rawValue: String(decoding: buffer(value), as: UTF8.self)) ?? .unrecognised : nil
    }

    static func identifier(
        _ present: protobuf_c_boolean, _ value: ProtobufCBinaryData, _ field: String
    ) throws(MessageError) -> Identifier? {
        present != 0 ? try Identifier(UnsafeRawBufferPointer(buffer(value)), field: field) : nil
    }

    static func modelName(
        _ present: protobuf_c_boolean, _ value: ProtobufCBinaryData, _ field: String
    ) throws(MessageError) -> ModelName? {
        present != 0 ? try ModelName(UnsafeRawBufferPointer(buffer(value)), field: field) : nil
    }

    static func modelReference(
        _ present: protobuf_c_boolean, _ value: ProtobufCBinaryData, _ field: String
    ) throws(MessageError) -> ModelReference? {
        present != 0 ? try ModelReference(UnsafeRawBufferPointer(buffer(value)), field: field) : nil
    }

    static func digest(
        _ present: protobuf_c_boolean, _ value: ProtobufCBinaryData, _ field: String
    ) throws(MessageError) -> Digest? {
        present != 0 ? try digest(value, field) : nil
    }

    static func digests(
        _ count: Int, _ values: UnsafeMutablePointer<ProtobufCBinaryData>?, _ field: String
    ) throws(MessageError) -> [Digest] {
        var digests: [Digest] = []
        for value in list(count, values) { digests.append(try digest(value, field)) }
        return digests
    }

    private static func digest(_ value: ProtobufCBinaryData, _ field: String) throws(MessageError) -> Digest {
        guard let digest = Digest(bytes: bytes(value)) else {
            throw .field(field, expected: "the 32 bytes of a sha256", found: "\(value.len) bytes")
        }
        return digest
    }

    /// Refuses what an older program would ignore: an option of a newer one changes what is asked for.
    static func onlyKnownFields(_ message: ProtobufCMessage, _ field: String) throws(MessageError) {
        guard let unknown = message.unknown_fields, message.n_unknown_fields > 0 else { return }
        throw .unsupported(
            field: field, expected: "fields of protocol \(Limits.protocolVersion)",
            found: "field \(unknown.pointee.tag)")
    }

    /// The struct of a message that has no Swift value of its own.
    static func pointee<Struct>(_ value: UnsafeMutablePointer<Struct>?, _ field: String) throws(MessageError) -> Struct
    {
        try value.required(field).pointee
    }

    static func message<Message: WireMessage>(
        _ value: UnsafeMutablePointer<Message.Struct>?, as type: Message.Type = Message.self
    ) throws(MessageError) -> Message? {
        guard let value else { return nil }
        return try Message(value.pointee)
    }

    static func messages<Message: WireMessage>(
        _ count: Int, _ values: UnsafeMutablePointer<UnsafeMutablePointer<Message.Struct>?>?,
        as type: Message.Type = Message.self
    ) throws(MessageError) -> [Message] {
        var messages: [Message] = []
        messages.reserveCapacity(count)
        for value in list(count, values) {
            if let value { messages.append(try Message(value.pointee)) }
        }
        return messages
    }
}

extension Optional {
    /// The value of a field that has no default.
    func required(_ field: String) throws(MessageError) -> Wrapped {
        guard let self else { throw .field(field, expected: "a value", found: "none") }
        return self
    }
}
