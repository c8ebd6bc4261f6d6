import Foundation

/// The header of an `.npy` file: element type and shape, row-major.
///
///     ├ 0x93 "NUMPY" ┼ 1 ┼ 0 ┼ n: u16 ┼ {'descr': '<f4', 'fortran_order': False, 'shape': (7, 384), }   … \n ┤ n bytes
///
/// The text is padded as numpy pads it: room for 21 digits of the first size, so that rows can be added in place, then
/// to a multiple of 64 bytes.
///
/// Reference: numpy.lib.format, https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
struct NPYHeader: Equatable {
    let element: NPYElement
    let shape: [Int]

    private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
    private static let digits = 21
    private static let alignment = 64

    var encoded: [UInt8] {
        let sizes = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
        var text = "{'descr': '\(element.rawValue)', 'fortran_order': False, 'shape': (\(sizes)), }"
        if let first = shape.first { text += String(repeating: " ", count: max(0, Self.digits - "\(first)".count)) }
        let start = Self.magic.count + 4
        let rest = (start + text.utf8.count + 1) % Self.alignment
        text += String(repeating: " ", count: (Self.alignment - rest) % Self.alignment) + "\n"
        let count = text.utf8.count
        return Self.magic + [1, 0, UInt8(count & 0xFF), UInt8(count >> 8)] + Array(text.utf8)
    }
}

extension NPYHeader {
    /// Reads the header at the start of a file, and where the elements start.
    static func decode(_ file: MappedFile) throws(ModelFileError) -> (NPYHeader, end: Int) {
        let start = magic.count + 4
        let prefix = file.withBytes { Array($0.prefix(start)) }
        guard prefix.count == start, prefix.starts(with: magic) else {
            throw .array(file: file.name, expected: "the start of an .npy file", found: "other bytes")
        }
        guard prefix[6] == 1 else {
            throw .array(file: file.name, expected: "format version 1", found: "format version \(prefix[6])")
        }
        let end = start + Int(prefix[8]) + Int(prefix[9]) << 8
        guard end <= file.byteCount else {
            throw .array(file: file.name, expected: "a header of \(end) bytes", found: "\(file.byteCount) bytes")
        }
        let text = file.withBytes { String(decoding: $0[start..<end], as: UTF8.self) }
        guard let element = element(in: text), text.contains("'fortran_order': False"), let shape = shape(in: text)
        else {
            throw .array(
                file: file.name, expected: "rows of \(NPYElement.allCases.map(\.rawValue).joined(separator: " or "))",
                found: "the header \(text.prefix(100).trimmingCharacters(in: .whitespacesAndNewlines))")
        }
        return (NPYHeader(element: element, shape: shape), end)
    }

    private static func element(in text: String) -> NPYElement? {
        NPYElement.allCases.first { text.contains("'descr': '\($0.rawValue)'") }
    }

    private static func shape(in text: String) -> [Int]? {
        guard let tuple = text.split(separator: "'shape': (", maxSplits: 1).dropFirst().first,
            let sizes = tuple.split(separator: ")", maxSplits: 1, omittingEmptySubsequences: false).first
        else { return nil }
        var shape: [Int] = []
        for size in sizes.split(separator: ",") {
            guard let value = Int(size.trimmingCharacters(in: .whitespaces)), value >= 0 else { return nil }
            shape.append(value)
        }
        return shape
    }
}
