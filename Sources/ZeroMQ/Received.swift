/// What one call to `Socket.receive` took off a socket's queue.
package enum Received: Sendable {
    /// A whole message; never empty.
    case message([Message])
    /// A message past the limits: its first frame (on a ROUTER the sender's id) and its size; the rest is discarded.
    case oversize(first: Message, frameCount: Int, byteCount: Int)
}

/// The most that one multipart message may hold before it is discarded.
package struct ReceiveLimits: Sendable, Equatable {
    package let frameCount: Int
    package let byteCount: Int

    package init(frameCount: Int, byteCount: Int) {
        precondition(frameCount >= 1 && byteCount >= 0, "limits of \(frameCount) frames and \(byteCount) bytes")
        self.frameCount = frameCount
        self.byteCount = byteCount
    }
}
