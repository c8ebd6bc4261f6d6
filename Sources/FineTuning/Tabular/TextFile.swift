import Foundation

/// The bytes of a file of data, known to be UTF-8.
struct TextFile {
    /// Without its folder, as errors name it.
    let name: String
    let bytes: [UInt8]

    init(_ url: URL) throws(FineTuningError) {
        let bytes: [UInt8]
        do {
            bytes = Array(try Data(contentsOf: url))
        } catch {
            throw .unreadable(file: url.lastPathComponent, reason: error.localizedDescription)
        }
        try self.init(name: url.lastPathComponent, bytes: bytes)
    }

    /// - Throws: at the first line that is not UTF-8, and for a file without text
    init(name: String, bytes: [UInt8]) throws(FineTuningError) {
        self.name = name
        self.bytes = bytes
        try TextLines.requireUTF8(bytes, path: name)
        let isBlank = bytes[TextLines.byteOrderMark(of: bytes)...].allSatisfy { " \t\r\n".utf8.contains($0) }
        if isBlank { throw .invalidData(file: name, line: nil, field: nil, expected: "rows", found: "an empty file") }
    }
}
