import CZeroMQ
import Glibc

extension Socket {
    /// Every option that this service sets, with the values that were measured.
    ///
    /// Not here because nobody chooses: a ROUTER is always mandatory (an absent peer is an answer, not silence) and
    /// hands an id over to the newest connection; an XPUB always reports repeated subscriptions; IPv6 is always on.
    package struct Options: Sendable {
        /// How long unsent messages outlive the socket. Never infinite: an absent peer would hold the process for ever.
        package var linger: Duration = .seconds(1)
        /// Messages that one peer may have waiting to be read; the memory bound is peers × this × `largestFrame`.
        package var receiveQueue = 16
        /// Messages that wait for one peer before `send` says `full`, and an XPUB drops.
        package var sendQueue = 1000
        /// Bytes of one frame past which libzmq cuts the connection; it reserves nothing before the check.
        package var largestFrame = 16 << 20
        /// How often a connection is probed. A peer is dead after three intervals of silence.
        package var heartbeatInterval: Duration = .seconds(2)
        /// How long one attempt to connect may take; without it a cut network leaves TCP waiting for minutes.
        package var connectTimeout: Duration = .seconds(2)
        package var reconnectInterval: Duration = .milliseconds(100)
        package var reconnectCeiling: Duration = .seconds(2)
        /// How long a connection may stay without a finished handshake.
        package var handshakeTimeout: Duration = .seconds(5)
        /// Connections that the kernel keeps until they are accepted.
        package var backlog = 512
        /// Whether messages are queued only for connections that are complete.
        package var onlyToConnectedPeers = false
        /// The name under which a ROUTER knows this socket; 1 to 255 bytes, not starting with 0.
        package var routingID: [UInt8]?

        package init() {}
    }

    /// Asks a SUB socket's publisher for topics that begin with `prefix`.
    package func subscribe(_ prefix: String) throws(ZeroMQError) {
        try set(ZMQ_SUBSCRIBE, bytes: Array(prefix.utf8))
    }

    func apply(_ options: Options, to kind: Kind) throws(ZeroMQError) {
        try set(ZMQ_LINGER, options.linger)
        try set(ZMQ_RCVHWM, options.receiveQueue)
        try set(ZMQ_SNDHWM, options.sendQueue)
        try set(ZMQ_MAXMSGSIZE, wide: Int64(options.largestFrame))
        try set(ZMQ_HEARTBEAT_IVL, options.heartbeatInterval)
        try set(ZMQ_HEARTBEAT_TIMEOUT, options.heartbeatInterval * 3)
        try set(ZMQ_HEARTBEAT_TTL, options.heartbeatInterval * 3)
        try set(ZMQ_CONNECT_TIMEOUT, options.connectTimeout)
        try set(ZMQ_RECONNECT_IVL, options.reconnectInterval)
        try set(ZMQ_RECONNECT_IVL_MAX, options.reconnectCeiling)
        try set(ZMQ_HANDSHAKE_IVL, options.handshakeTimeout)
        try set(ZMQ_BACKLOG, options.backlog)
        try set(ZMQ_IMMEDIATE, options.onlyToConnectedPeers ? 1 : 0)
        try set(ZMQ_IPV6, 1)
        if let routingID = options.routingID { try set(ZMQ_ROUTING_ID, bytes: routingID) }
        switch kind {
        case .router:
            try set(ZMQ_ROUTER_MANDATORY, 1)
            try set(ZMQ_ROUTER_HANDOVER, 1)
        case .xpub:
            try set(ZMQ_XPUB_VERBOSE, 1)
        case .push, .pull, .sub, .dealer:
            break
        }
    }

    /// The endpoint of the last `bind`. An IPv4 address is written as one, though an IPv6 socket listens there.
    var lastEndpoint: String {
        get throws(ZeroMQError) {
            var buffer = [UInt8](repeating: 0, count: 1024)
            var count = buffer.count
            guard zmq_getsockopt(pointer, ZMQ_LAST_ENDPOINT, &buffer, &count) == 0 else {
                throw .last("zmq_getsockopt ZMQ_LAST_ENDPOINT")
            }
            let text = String(decoding: buffer.prefix(count).prefix { $0 != 0 }, as: UTF8.self)
            let mapped = "tcp://[::ffff:"
            guard text.hasPrefix(mapped) else { return text }
            return "tcp://" + text.dropFirst(mapped.count).filter { $0 != "]" }
        }
    }

    private func set(_ option: Int32, _ value: Int) throws(ZeroMQError) {
        var value = Int32(clamping: value)
        guard zmq_setsockopt(pointer, option, &value, MemoryLayout<Int32>.size) == 0 else {
            throw .last("zmq_setsockopt \(option)")
        }
    }

    private func set(_ option: Int32, wide value: Int64) throws(ZeroMQError) {
        var value = value
        guard zmq_setsockopt(pointer, option, &value, MemoryLayout<Int64>.size) == 0 else {
            throw .last("zmq_setsockopt \(option)")
        }
    }

    private func set(_ option: Int32, _ duration: Duration) throws(ZeroMQError) {
        try set(option, duration.wholeMilliseconds)
    }

    private func set(_ option: Int32, bytes: [UInt8]) throws(ZeroMQError) {
        guard zmq_setsockopt(pointer, option, bytes, bytes.count) == 0 else {
            throw .last("zmq_setsockopt \(option)")
        }
    }
}

extension Duration {
    /// Milliseconds, rounded up so that a short wait is not a busy one; at least 0.
    var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
        guard !overflow else { return seconds < 0 ? 0 : Int(Int32.max) }
        let millisecond: Int64 = 1_000_000_000_000_000
        let part = attoseconds / millisecond + (attoseconds % millisecond > 0 ? 1 : 0)
        return min(max(0, Int(whole) + Int(part)), Int(Int32.max))
    }
}
