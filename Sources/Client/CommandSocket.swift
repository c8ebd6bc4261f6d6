import ZeroMQ

/// The way in: pushes command frames to a service that is there, and to none that is not.
struct CommandSocket {
    private let socket: Socket

    init(_ client: Client) throws(ClientError) {
        var options = Socket.Options()
        // Otherwise libzmq would keep what no service has taken, and a later service would get it twice.
        options.onlyToConnectedPeers = true
        do {
            socket = try Socket(client.context, .push, options)
            try socket.connect(client.server.commands)
        } catch {
            throw .messaging(error.description)
        }
    }

    /// - Returns: whether libzmq took the frame; never a promise that the service did
    @discardableResult
    func send(_ frame: [UInt8]) throws(ClientError) -> Bool {
        do { return try socket.send([frame]) == .queued } catch { throw .messaging(error.description) }
    }
}
