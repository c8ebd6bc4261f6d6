import Messages
import ZeroMQ

/// The broker's four sockets, bound.
struct BrokerSockets {
    let commands: Socket
    let events: Socket
    let control: Socket
    let work: Socket

    init(_ context: Context, _ configuration: BrokerConfiguration) throws(ZeroMQError) {
        var options = Socket.Options()
        commands = try Socket(context, .pull, options)
        control = try Socket(context, .router, options)
        work = try Socket(context, .router, options)
        options.sendQueue = Self.subscriberQueue
        events = try Socket(context, .xpub, options)
        try commands.bind(configuration.endpoint(.commands))
        try events.bind(configuration.endpoint(.events))
        try control.bind(configuration.endpoint(.control))
        try work.bind(configuration.endpoint(.work))
    }

    /// Events that wait for one subscriber before it misses some, which it then sees as a gap and asks for again.
    ///
    /// A tensor sent along is at most `Limits.inlineResultBytes`, and its bytes are shared by all subscribers.
    static let subscriberQueue = 2048

    /// One frame; anything beyond is not a command.
    static let commandLimits = ReceiveLimits(frameCount: 1, byteCount: Limits.maxFrameBytes)
    /// Routing id, an empty frame from a REQ, the request.
    static let requestLimits = ReceiveLimits(frameCount: 3, byteCount: Limits.maxCommandBytes)
    /// Routing id, the message, and a frame for each chunk of a result.
    static let workLimits = ReceiveLimits(frameCount: 130, byteCount: 8 * Limits.maxFrameBytes)
    /// Messages read from one socket before the others get their turn.
    static let messagesPerTurn = 256
}
