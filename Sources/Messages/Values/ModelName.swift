/// The name of a model or a data set, without its version: 1 to 128 of `A-Z a-z 0-9 . _ -`.
public struct ModelName: Hashable, Sendable, CustomStringConvertible {
    public let string: String

    public init(_ string: String) throws(MessageError) {
        self = try Array(string.utf8).withUnsafeBufferPointer { bytes throws(MessageError) in
            try ModelName(UnsafeRawBufferPointer(bytes), field: "name")
        }
    }

    init(_ bytes: UnsafeRawBufferPointer, field: String) throws(MessageError) {
        string = try ASCIIName.validated(bytes, extra: "._-", field: field)
    }

    public var description: String { string }
}
