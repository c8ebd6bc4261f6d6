import CMessages

/// The answer to one request. Requests of one peer may be answered in another order than they were asked.
public struct Reply: Equatable, Sendable {
    public var requestID: UInt64
    public var body: Body

    public enum Body: Equatable, Sendable {
        case error(ServiceError)
        /// To a fetch. The tensor of its rows is the next frame.
        case page(Page)
        /// To a replay.
        case events(EventsPage)
        /// To a show.
        case job(JobSummary)
        /// To a list.
        case jobs([JobSummary])
        /// To a status.
        case service(ServiceStatus)
        /// To a put: bytes that are there now. All of them: complete and verified.
        case stored(have: Int)
        /// To a get: bytes from the offset on, at most `Limits.maxPutBytes`; none at the object's end.
        case piece([UInt8], ofSize: Int)
        /// To a register or a remove.
        case model(StoredModel)
        /// To a list of models.
        case models([StoredModel])
        /// To a release of checkpoints: their bytes.
        case released(byteCount: Int)
        /// A reply of a newer server.
        case unrecognised
    }

    public init(requestID: UInt64, body: Body) {
        self.requestID = requestID
        self.body = body
    }

    public init(decoding frame: UnsafeRawBufferPointer) throws(MessageError) { self = try .unpacked(from: frame) }
    public init(decoding frame: [UInt8]) throws(MessageError) { self = try .unpacked(from: frame) }

    package func encoded() -> [UInt8] { packed() }
}

extension Reply: WireMessage {
    init(_ wire: Bertd__Reply) throws(MessageError) {
        requestID = wire.request_id
        body = try Body(wire)
    }

    func write(to wire: inout Bertd__Reply, _ arena: Arena) {
        arena.put(requestID, &wire.has_request_id, &wire.request_id)
        body.write(to: &wire, arena)
    }
}
