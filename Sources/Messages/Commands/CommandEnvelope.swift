/// Who sent a command and what kind it is, read off the frame without unpacking it.
///
/// This still works for a frame that is too long, broken further on, or of another protocol version, so that the sender
/// can be told. Where a field occurs twice the last one counts, as in protobuf.
struct CommandEnvelope {
    private(set) var protocolVersion: UInt64?
    private var clientID: UnsafeRawBufferPointer?
    private var groupID: UnsafeRawBufferPointer?
    private var jobID: UnsafeRawBufferPointer?
    /// The field number of the body.
    private(set) var bodyField: UInt64?

    init(scanning frame: UnsafeRawBufferPointer) {
        var scanner = WireScanner(frame)
        while let (number, value) = scanner.next() {
            switch (number, value) {
            case (1, .number(let version)): protocolVersion = version
            case (2, .bytes(let bytes)): clientID = bytes
            case (3, .bytes(let bytes)): groupID = bytes
            case (4, .bytes(let bytes)): jobID = bytes
            case (16..., .bytes): bodyField = number
            default: break
            }
        }
    }

    /// Where an answer goes: to the client's own group, where the command's group is not one.
    ///
    /// - Throws: when there is no telling who asked, or for which job
    func address() throws(MessageError) -> JobAddress {
        JobAddress(
            clientID: try Identifier(clientID.required("client_id"), field: "client_id"),
            group: try? group(),
            jobID: try Identifier(jobID.required("job_id"), field: "job_id"))
    }

    func group() throws(MessageError) -> Identifier? {
        guard let groupID else { return nil }
        return try Identifier(groupID, field: "group")
    }
}
