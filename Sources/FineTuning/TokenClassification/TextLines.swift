package import Foundation

/// The lines of a UTF-8 text file; a byte order mark and carriage returns at their ends are no part of them.
package struct TextLines: Sendable {
    /// The file's name, as errors say it.
    package let path: String
    /// Line 1 first; a line feed at the file's end begins no further line.
    package let lines: [String]

    package init(_ url: URL) throws(FineTuningError) {
        try self.init(bytes: Self.bytes(of: url), path: url.lastPathComponent)
    }

    package init(bytes: [UInt8], path: String) throws(FineTuningError) {
        try Self.requireUTF8(bytes, path: path)
        self.path = path
        var slices = bytes[Self.byteOrderMark(of: bytes)...]
            .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if slices.last?.isEmpty == true { slices.removeLast() }
        lines = slices.map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
    }

    package static func bytes(of url: URL) throws(FineTuningError) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: url))
        } catch {
            throw .unreadable(file: url.lastPathComponent, reason: error.localizedDescription)
        }
    }

    /// How many bytes a byte order mark takes at the beginning.
    static func byteOrderMark(of bytes: [UInt8]) -> Int {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Refuses bytes that are no UTF-8, with the first line that is not.
    static func requireUTF8(_ bytes: [UInt8], path: String) throws(FineTuningError) {
        guard String(validating: bytes, as: UTF8.self) == nil else { return }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        throw .invalidData(file: path, line: line + 1, field: nil, expected: "UTF-8", found: "other bytes")
    }
}
