/// One text of a row, as it was received.
///
/// The bytes may be invalid UTF-8: such a row fails alone, so the command around it must survive. They may hold NUL.
public struct Text: Hashable, Sendable, ExpressibleByStringLiteral {
    public let bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }

    public init(_ string: String) { bytes = Array(string.utf8) }

    public init(stringLiteral string: String) { self.init(string) }

    public var byteCount: Int { bytes.count }

    public var isValidUTF8: Bool { (try? UTF8Span(validating: bytes.span)) != nil }

    /// Nil for invalid UTF-8.
    public var string: String? { String(validating: bytes, as: UTF8.self) }
}
