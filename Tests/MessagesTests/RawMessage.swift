/// A protobuf message written field by field, for frames that no encoder of ours would make.
struct RawMessage {
    private(set) var bytes: [UInt8] = []

    mutating func number(_ field: UInt64, _ value: UInt64) {
        varint(field << 3)
        varint(value)
    }

    mutating func bytes(_ field: UInt64, _ value: some Collection<UInt8>) {
        varint(field << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    mutating func fixed64(_ field: UInt64, _ value: UInt64) {
        varint(field << 3 | 1)
        withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
    }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }
}

extension RawMessage {
    /// A command as its parts; nil leaves a part out.
    static func command(
        protocol version: UInt64? = 1, client: [UInt8]? = Array("me".utf8), group: [UInt8]? = nil,
        job: [UInt8]? = Array("job-1".utf8), priority: String? = nil, bodyField: UInt64 = 16, body: [UInt8]? = embed()
    ) -> [UInt8] {
        var command = RawMessage()
        if let version { command.number(1, version) }
        if let client { command.bytes(2, client) }
        if let group { command.bytes(3, group) }
        if let job { command.bytes(4, job) }
        if let priority { command.bytes(5, priority.utf8) }
        if let body { command.bytes(bodyField, body) }
        return command.bytes
    }

    static func embed(
        model: String? = "minilm", texts: [[UInt8]] = [Array("hello".utf8)], pooling: [UInt8]? = nil,
        strict: Bool? = nil
    ) -> [UInt8] {
        var embed = RawMessage()
        if let model { embed.bytes(1, model.utf8) }
        for text in texts { embed.bytes(2, text) }
        if let pooling { embed.bytes(3, pooling) }
        if let strict { embed.number(9, strict ? 1 : 0) }
        return embed.bytes
    }

    static func request(protocol version: UInt64? = 1, id: UInt64 = 77, _ bodyField: UInt64, _ body: RawMessage)
        -> [UInt8]
    {
        var request = RawMessage()
        if let version { request.number(1, version) }
        request.number(2, id)
        request.bytes(bodyField, body.bytes)
        return request.bytes
    }
}
