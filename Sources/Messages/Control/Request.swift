import CMessages

/// A question or an order on the control socket, answered by one `Reply`.
public struct Request: Equatable, Sendable {
    /// Comes back in the reply.
    public var id: UInt64
    public var body: Body

    public enum Body: Equatable, Sendable {
        case fetch(Fetch)
        case replay(Replay)
        case show(jobID: Identifier)
        case list(ListJobs)
        case status
        case put(Put)
        /// Bytes of an object, from an offset on.
        case get(Digest, offset: Int)
        /// Gives a folder of stored objects a name.
        case register(name: ModelName, Manifest, kind: StoredKind)
        /// Nil for all of a kind.
        case listModels(name: ModelName?, kind: StoredKind)
        /// Without a version: all of them.
        case removeModel(ModelReference, kind: StoredKind)
        /// Of a job that has ended.
        case releaseCheckpoints(of: Identifier)
    }

    public init(id: UInt64, body: Body) {
        self.id = id
        self.body = body
    }

    public func encoded() -> [UInt8] { packed() }

    /// Reads a frame from the control socket, whatever is in it.
    package static func decode(_ frame: UnsafeRawBufferPointer) throws(RequestRejection) -> Request {
        var id: UInt64 = 0
        do {
            return try Bertd__Request.unpack(frame) { wire throws(MessageError) in
                id = wire.request_id
                return try Request(wire)
            }
        } catch {
            throw RequestRejection(requestID: id, error: error.serviceError)
        }
    }

    package static func decode(_ frame: [UInt8]) throws(RequestRejection) -> Request {
        try frame.withUnsafeBufferPointer { bytes throws(RequestRejection) in try decode(UnsafeRawBufferPointer(bytes))
        }
    }
}

extension Request: WireMessage {
    init(_ wire: Bertd__Request) throws(MessageError) {
        guard wire.has_protocol != 0, wire.protocol == UInt32(Limits.protocolVersion) else {
            throw .unsupported(
                field: "protocol", expected: "\(Limits.protocolVersion)",
                found: Read.present(wire.has_protocol, wire.protocol).map { "\($0)" } ?? "none")
        }
        id = wire.request_id
        body = try Body(wire)
    }

    func write(to wire: inout Bertd__Request, _ arena: Arena) {
        arena.put(Limits.protocolVersion, &wire.has_protocol, &wire.protocol)
        arena.put(id, &wire.has_request_id, &wire.request_id)
        body.write(to: &wire, arena)
    }
}
