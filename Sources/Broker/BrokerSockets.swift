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
        work = try Socket(context, .router, options)
        options.sendQueue = Self.replyQueue
        control = try Socket(context, .router, options)
        options.sendQueue = Self.subscriberQueue
        events = try Socket(context, .xpub, options)
        try commands.watchConnections(byteLimit: Self.unheardBytes)
        try control.watchConnections(byteLimit: Self.unheardBytes)
        try events.watchConnections(byteLimit: Self.unheardBytes)
        try work.watchConnections(byteLimit: 4 * Self.unheardBytes)
        try commands.bind(configuration.endpoint(.commands))
        try events.bind(configuration.endpoint(.events))
        try control.bind(configuration.endpoint(.control))
        try work.bind(configuration.endpoint(.work))
    }

    /// Events that wait for one subscriber before it misses some, which it then sees as a gap and asks for again.
    ///
    /// A tensor sent along is at most `Limits.inlineResultBytes`, and its bytes are shared by all subscribers.
    static let subscriberQueue = 2048

    /// Pages of up to `Limits.pageBytes` and a row that wait for one client that does not read them.
    private static let replyQueue = 32
    /// What one connection may have sent without a whole message of it being read: twice a full receive queue.
    private static let unheardBytes = 2 * 16 * Limits.maxCommandBytes

    /// Cuts connections that send messages without an end.
    ///
    /// - Returns: how many
    func cutEndlessMessages() throws(ZeroMQError) -> Int {
        try commands.cutEndlessMessages() + events.cutEndlessMessages() + control.cutEndlessMessages()
            + work.cutEndlessMessages()
    }

    /// One frame; anything beyond is not a command.
    static let commandLimits = ReceiveLimits(frameCount: 1, byteCount: Limits.maxFrameBytes)
    /// Routing id, an empty frame from a REQ, the request.
    static let requestLimits = ReceiveLimits(frameCount: 3, byteCount: Limits.maxCommandBytes)
    /// Routing id, the message, and a frame for each chunk of a result.
    static let workLimits = ReceiveLimits(frameCount: 130, byteCount: 8 * Limits.maxFrameBytes)
    /// Messages read from one socket before the others get their turn.
    static let messagesPerTurn = 256
}
