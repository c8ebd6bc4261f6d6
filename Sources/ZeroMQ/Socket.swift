import CZeroMQ
import Glibc

/// A ZeroMQ socket, confined to the thread that owns it; nothing it does ever blocks.
///
/// Waiting is `Poller`'s. An interrupted call is made again; a context that was shut down is thrown as
/// `contextShutDown`.
package final class Socket {
    package enum Kind: Sendable {
        case push, pull, xpub, sub, dealer, router
    }

    let pointer: UnsafeMutableRawPointer
    private let context: Context
    private var watch: ConnectionWatch?

    /// All options are set here, before the socket knows any address, because libzmq ignores most of them later.
    package init(_ context: Context, _ kind: Kind, _ options: Options = Options()) throws(ZeroMQError) {
        guard let pointer = zmq_socket(context.pointer, kind.code) else { throw .last("zmq_socket") }
        self.pointer = pointer
        self.context = context
        try apply(options, to: kind)
    }

    /// Listens at `endpoint`.
    ///
    /// - Returns: the endpoint with the port that was chosen where it said `*`
    @discardableResult
    package func bind(_ endpoint: String) throws(ZeroMQError) -> String {
        guard zmq_bind(pointer, endpoint) == 0 else { throw .last("zmq_bind", endpoint: endpoint) }
        return try lastEndpoint
    }

    /// Stops listening at an endpoint that `bind` returned; connections that exist stay.
    package func unbind(_ endpoint: String) throws(ZeroMQError) {
        guard zmq_unbind(pointer, endpoint) == 0 else { throw .last("zmq_unbind", endpoint: endpoint) }
    }

    /// Begins to connect, and to connect again whenever the connection is lost; whether anyone is there shows later.
    package func connect(_ endpoint: String) throws(ZeroMQError) {
        guard zmq_connect(pointer, endpoint) == 0 else { throw .last("zmq_connect", endpoint: endpoint) }
    }

    /// Lets `cutEndlessMessages` find connections of which more than `byteLimit` bytes came since their last message.
    ///
    /// Before `bind`. The limit has to be above what an honest peer may have waiting: `receiveQueue` messages.
    package func watchConnections(byteLimit: Int) throws(ZeroMQError) {
        watch = try ConnectionWatch(pointer, context, byteLimit: byteLimit)
    }

    /// Cuts the connections past the limit; to be called a few times a second.
    ///
    /// - Returns: how many were cut
    package func cutEndlessMessages() throws(ZeroMQError) -> Int {
        try watch?.check() ?? 0
    }

    deinit {
        // Before the context can go: it waits for every socket of it, the monitor's too.
        watch = nil
        zmq_close(pointer)
    }
}

extension Socket {
    /// What became of a message handed to `send`.
    package enum Delivery: Sendable, Equatable {
        /// libzmq has it; that a peer gets it is not promised.
        case queued
        /// Nothing was taken: no peer yet, or its queue is full. Poll for output, then send the whole message again.
        case full
        /// Nothing was taken: a ROUTER has no peer of the id in the first frame.
        case noSuchPeer
    }

    /// Queues one message whole or not at all.
    package func send(_ frames: [[UInt8]]) throws(ZeroMQError) -> Delivery {
        precondition(!frames.isEmpty, "a message of 0 frames, expected at least 1")
        for (index, frame) in frames.enumerated() {
            let more = index + 1 < frames.count ? ZMQ_SNDMORE : 0
            // A later frame fails only when the peer has gone; libzmq then takes the earlier ones back.
            let delivery = try send(frame, flags: ZMQ_DONTWAIT | more)
            if delivery != .queued { return delivery }
        }
        return .queued
    }

    private func send(_ frame: [UInt8], flags: Int32) throws(ZeroMQError) -> Delivery {
        while true {
            if zmq_send(pointer, frame, frame.count, flags) >= 0 { return .queued }
            switch zmq_errno() {
            case EINTR: continue
            case EAGAIN: return .full
            case EHOSTUNREACH: return .noSuchPeer
            default: throw .last("zmq_send")
            }
        }
    }

    /// Takes one message off the queue; `nil` when none waits.
    ///
    /// Past `limits` the frames are read and dropped one by one, so that the next call starts at the next message.
    /// libzmq shows no frame before the last one of its message has arrived: what never ends is `watchConnections`' to
    /// find.
    package func receive(within limits: ReceiveLimits) throws(ZeroMQError) -> Received? {
        guard let first = try receiveFrame() else { return nil }
        var frames = [first]
        var (frameCount, byteCount, hasMore) = (1, first.count, first.hasMore)
        while hasMore {
            guard let frame = try receiveFrame() else { throw .failed(call: "zmq_msg_recv", code: EAGAIN) }
            frameCount += 1
            byteCount += frame.count
            hasMore = frame.hasMore
            if frameCount <= limits.frameCount && byteCount <= limits.byteCount { frames.append(frame) }
        }
        watch?.hear(from: first.sourceDescriptor)
        guard frameCount <= limits.frameCount && byteCount <= limits.byteCount else {
            return .oversize(first: first, frameCount: frameCount, byteCount: byteCount)
        }
        return .message(frames)
    }

    private func receiveFrame() throws(ZeroMQError) -> Message? {
        let message = Message()
        while true {
            if zmq_msg_recv(message.pointer, pointer, ZMQ_DONTWAIT) >= 0 { return message }
            switch zmq_errno() {
            case EINTR: continue
            case EAGAIN: return nil
            default: throw .last("zmq_msg_recv")
            }
        }
    }
}

extension Socket.Kind {
    fileprivate var code: Int32 {
        switch self {
        case .push: ZMQ_PUSH
        case .pull: ZMQ_PULL
        case .xpub: ZMQ_XPUB
        case .sub: ZMQ_SUB
        case .dealer: ZMQ_DEALER
        case .router: ZMQ_ROUTER
        }
    }
}
