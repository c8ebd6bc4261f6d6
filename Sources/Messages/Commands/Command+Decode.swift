import CMessages

extension Command {
    /// Reads a frame from the command socket, whatever is in it.
    package static func decode(_ frame: UnsafeRawBufferPointer) -> DecodedCommand {
        let envelope = CommandEnvelope(scanning: frame)
        let address: JobAddress
        do {
            address = try envelope.address()
        } catch {
            return .garbage(error.description)
        }
        do {
            try check(envelope, byteCount: frame.count)
            return .command(try unpacked(from: frame))
        } catch {
            return .rejected(address, error.serviceError)
        }
    }

    package static func decode(_ frame: [UInt8]) -> DecodedCommand {
        frame.withUnsafeBytes { decode($0) }
    }

    /// What can be told before anything is unpacked.
    private static func check(_ envelope: CommandEnvelope, byteCount: Int) throws(MessageError) {
        guard byteCount <= Limits.maxCommandBytes else {
            throw .tooLarge(
                field: "command", expected: "at most \(Limits.maxCommandBytes) bytes", found: "\(byteCount)")
        }
        guard envelope.protocolVersion == UInt64(Limits.protocolVersion) else {
            throw .unsupported(
                field: "protocol", expected: "\(Limits.protocolVersion)",
                found: envelope.protocolVersion.map(String.init) ?? "none")
        }
        guard let body = envelope.bodyField, body == Self.cancelField || Work.bodyFields.contains(body) else {
            throw .unsupported(
                field: "body", expected: "\(Work.bodyNames) or cancel",
                found: envelope.bodyField.map { "field \($0)" } ?? "none")
        }
        _ = try envelope.group()
    }

    private static let cancelField = UInt64(BERTD__COMMAND__BODY_CANCEL.rawValue)
}
