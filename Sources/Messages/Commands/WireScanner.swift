/// Walks the top level of a protobuf message without copying or unpacking anything.
struct WireScanner {
    enum Value {
        case number(UInt64)
        case bytes(UnsafeRawBufferPointer)
        /// A fixed-width number, which no message has at the level that is scanned.
        case fixed
    }

    private var rest: UnsafeRawBufferPointer.SubSequence

    init(_ frame: UnsafeRawBufferPointer) { rest = frame[...] }

    /// The next field, or nil at the end and where the bytes stop making sense.
    mutating func next() -> (number: UInt64, value: Value)? {
        guard let tag = nextNumber(), tag >> 3 > 0 else { return nil }
        switch tag & 7 {
        case 0: return nextNumber().map { (tag >> 3, .number($0)) }
        case 1: return take(8).map { _ in (tag >> 3, .fixed) }
        case 2:
            guard let length = nextNumber(), let bytes = take(length) else { return nil }
            return (tag >> 3, .bytes(UnsafeRawBufferPointer(rebasing: bytes)))
        case 5: return take(4).map { _ in (tag >> 3, .fixed) }
        default: return nil
        }
    }

    private mutating func take(_ count: UInt64) -> UnsafeRawBufferPointer.SubSequence? {
        guard count <= UInt64(rest.count) else { return nil }
        defer { rest = rest.dropFirst(Int(count)) }
        return rest.prefix(Int(count))
    }

    /// A base-128 number of at most ten bytes; bits past the 64th are dropped, as protobuf does.
    private mutating func nextNumber() -> UInt64? {
        var number: UInt64 = 0
        for (index, byte) in rest.prefix(10).enumerated() {
            number |= UInt64(byte & 0x7f) << UInt64(7 * index)
            if byte < 0x80 {
                rest = rest.dropFirst(index + 1)
                return number
            }
        }
        return nil
    }
}
