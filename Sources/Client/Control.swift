import Messages
import ZeroMQ

/// Requests and replies on the control port, one at a time.
///
/// A request that is not answered is sent again with the same id, because a service that was restarted meanwhile has
/// never seen it and every request may be repeated; late answers to earlier requests are dropped.
final class Control {
    struct Answer {
        let body: Reply.Body
        /// The second frame of a page.
        let tensor: [UInt8]
    }

    private let server: Server
    private let socket: Socket
    private let poller = Poller()
    private var lastID: UInt64 = 0

    private static let limits = ReceiveLimits(frameCount: 2, byteCount: 2 * Limits.maxFrameBytes)
    private static let resendInterval: Duration = .seconds(5)

    init(_ context: Context, _ server: Server) throws(ZeroMQError) {
        self.server = server
        socket = try Socket(context, .dealer)
        try socket.connect(server.control)
        _ = poller.add(socket)
    }

    /// - Parameters:
    ///   - wait: how long the service itself may take before it answers
    ///   - patience: how long to wait beyond that
    func ask(_ body: Request.Body, wait: Duration = .zero, patience: Duration) throws(ClientError) -> Answer {
        lastID += 1
        let frame = Request(id: lastID, body: body).encoded()
        let deadline = ContinuousClock.now + wait + patience
        while true {
            try send(frame)
            let resend = min(deadline, ContinuousClock.now + wait + Self.resendInterval)
            if let answer = try answer(until: resend) {
                if case .error(let error) = answer.body { throw .refused(error) }
                return answer
            }
            if ContinuousClock.now >= deadline {
                throw .silent(server, for: wait + patience, awaited: "an answer on \(server.control)")
            }
        }
    }

    /// A queue that is full of unsent requests is as good as silence: the deadline speaks.
    private func send(_ frame: [UInt8]) throws(ClientError) {
        do { _ = try socket.send([frame]) } catch { throw .messaging(error.description) }
    }

    private func answer(until deadline: ContinuousClock.Instant) throws(ClientError) -> Answer? {
        while true {
            let message: [Message]
            do {
                guard let received = try socket.receive(within: Self.limits) else {
                    let left = deadline - ContinuousClock.now
                    if left <= .zero { return nil }
                    try poller.poll(timeout: left)
                    continue
                }
                guard case .message(let frames) = received else { continue }
                message = frames
            } catch {
                throw .messaging(error.description)
            }
            if let answer = try decode(message) { return answer }
        }
    }

    /// - Returns: `nil` for the answer to an earlier request
    private func decode(_ frames: [Message]) throws(ClientError) -> Answer? {
        guard let first = frames.first else { return nil }
        let reply: Reply
        do { reply = try first.withUnsafeBytes { (bytes) throws(MessageError) in try Reply(decoding: bytes) } } catch {
            throw .unexpected(
                expected: "a reply of protocol \(Limits.protocolVersion)", found: error.serviceError.message)
        }
        guard reply.requestID == lastID else { return nil }
        return Answer(body: reply.body, tensor: frames.count > 1 ? frames[1].bytes : [])
    }
}
