/// The form that identifiers and model names share: 1 to `Limits.maxIdentifierBytes` letters, digits and a few signs.
enum ASCIIName {
    static func validated(
        _ bytes: UnsafeRawBufferPointer, extra: StaticString, field: String
    ) throws(MessageError) -> String {
        let limit = Limits.maxIdentifierBytes
        guard (1...limit).contains(bytes.count) else {
            throw .field(field, expected: "1 to \(limit) of [A-Za-z0-9\(extra)]", found: "\(bytes.count) bytes")
        }
        for (index, byte) in bytes.enumerated() where !isAllowed(byte, extra) {
            throw .field(
                field, expected: "1 to \(limit) of [A-Za-z0-9\(extra)]",
                found: "byte 0x\(String(byte, radix: 16)) at \(index)")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isAllowed(_ byte: UInt8, _ extra: StaticString) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: extra.withUTF8Buffer { $0.contains(byte) }
        }
    }
}
