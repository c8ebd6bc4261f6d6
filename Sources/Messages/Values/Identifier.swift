/// The id of a job, a client, a group or a worker: 1 to 128 of `A-Z a-z 0-9 . _ : -`.
///
/// None of them means anything in a topic, a path, a shell or a log line.
public struct Identifier: Hashable, Sendable, CustomStringConvertible {
    public let string: String

    public init(_ string: String) throws(MessageError) {
        self = try Array(string.utf8).withUnsafeBufferPointer { bytes throws(MessageError) in
            try Identifier(UnsafeRawBufferPointer(bytes), field: "identifier")
        }
    }

    init(_ bytes: UnsafeRawBufferPointer, field: String) throws(MessageError) {
        string = try ASCIIName.validated(bytes, extra: "._:-", field: field)
    }

    public var description: String { string }
}
