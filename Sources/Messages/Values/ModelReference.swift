/// A model, or a data set, as a command names it: `NAME`, its latest version, or `NAME@VERSION`.
public struct ModelReference: Hashable, Sendable, CustomStringConvertible {
    public let name: ModelName
    /// Counted from 1; nil for the latest.
    public let version: Int?

    /// - Precondition: the version, if any, is at least 1.
    public init(name: ModelName, version: Int? = nil) {
        precondition(version ?? 1 >= 1, "versions count from 1, found \(version ?? 1)")
        self.name = name
        self.version = version
    }

    public init(_ string: String) throws(MessageError) {
        self = try Array(string.utf8).withUnsafeBufferPointer { bytes throws(MessageError) in
            try ModelReference(UnsafeRawBufferPointer(bytes), field: "model")
        }
    }

    init(_ bytes: UnsafeRawBufferPointer, field: String) throws(MessageError) {
        guard let at = bytes.firstIndex(of: UInt8(ascii: "@")) else {
            self.init(name: try ModelName(bytes, field: field))
            return
        }
        let digits = bytes[(at + 1)...]
        guard let first = digits.first, UInt8(ascii: "1")...UInt8(ascii: "9") ~= first,
            let version = UInt32(String(decoding: digits, as: UTF8.self))
        else {
            throw .field(field, expected: "NAME or NAME@VERSION, versions counted from 1", found: "another version")
        }
        self.init(
            name: try ModelName(UnsafeRawBufferPointer(rebasing: bytes[..<at]), field: field), version: Int(version))
    }

    public var description: String {
        version.map { "\(name)@\($0)" } ?? name.string
    }
}
