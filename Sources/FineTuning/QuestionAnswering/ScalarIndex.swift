/// A text's bytes, with the place of each of its Unicode scalars.
struct ScalarIndex {
    let bytes: [UInt8]
    /// Where each scalar begins, and the end; nil for plain ASCII, where both counts are one.
    private let starts: [Int]?

    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.bytes = bytes
        guard !bytes.allSatisfy({ $0 < 0x80 }) else {
            starts = nil
            return
        }
        starts = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
    }

    var scalarCount: Int { starts.map { $0.count - 1 } ?? bytes.count }

    /// Of a scalar, or of the text's end; nil beyond it.
    func byteOffset(ofScalar index: Int) -> Int? {
        guard index <= scalarCount else { return nil }
        return starts?[index] ?? index
    }

    /// At most `count` scalars; nil at the text's end and beyond it.
    func text(fromScalar index: Int, count: Int) -> String? {
        guard index < scalarCount, let begin = byteOffset(ofScalar: index),
            let end = byteOffset(ofScalar: min(index + count, scalarCount))
        else { return nil }
        return String(decoding: bytes[begin..<end], as: UTF8.self)
    }
}
