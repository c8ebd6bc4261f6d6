import Foundation
import ZeroMQ

/// What several suites need: limits that nothing reaches, a receive that waits, and a thread of one's own.
let roomy = ReceiveLimits(frameCount: 64, byteCount: 64 << 20)

/// How long a test waits for what must happen; it passes long before.
let patience: Duration = .seconds(10)

struct NothingCame: Error {}

/// Waits for the next message of `socket`, as the bytes of its frames.
func next(_ socket: Socket) throws -> [[UInt8]] {
    guard case .message(let frames) = try nextReceived(socket, within: roomy) else { throw NothingCame() }
    return frames.map(\.bytes)
}

func nextReceived(_ socket: Socket, within limits: ReceiveLimits) throws -> Received {
    let poller = Poller()
    _ = poller.add(socket)
    let end = ContinuousClock.now + patience
    while ContinuousClock.now < end {
        if let received = try socket.receive(within: limits) { return received }
        try poller.poll(timeout: ContinuousClock.now.duration(to: end))
    }
    throw NothingCame()
}

/// Whether `condition` comes true; `socket` is polled between the tries.
func eventually(polling socket: Socket, _ condition: () throws -> Bool) throws -> Bool {
    let poller = Poller()
    _ = poller.add(socket)
    let end = ContinuousClock.now + patience
    while ContinuousClock.now < end {
        if try condition() { return true }
        try poller.poll(timeout: .milliseconds(5))
    }
    return false
}

/// A PUSH and a PULL socket connected over loopback tcp.
func pushAndPull(
    _ context: Context, push pushOptions: Socket.Options = .init(), pull pullOptions: Socket.Options = .init()
) throws -> (push: Socket, pull: Socket) {
    let pull = try Socket(context, .pull, pullOptions)
    let endpoint = try pull.bind("tcp://127.0.0.1:*")
    let push = try Socket(context, .push, pushOptions)
    try push.connect(endpoint)
    return (push, pull)
}

/// Runs `body` on a new thread; the result is awaited by `wait`.
final class Background<Value: Sendable>: Sendable {
    private let results: Mailbox<Result<Value, any Error>>

    init(_ body: @escaping @Sendable () throws -> Value) throws {
        let results = try Mailbox<Result<Value, any Error>>(capacity: 1)
        self.results = results
        Thread.detachNewThread {
            _ = results.send(Result { try body() })
        }
    }

    func wait() throws -> Value {
        try results.waitAndDrain()[0].get()
    }
}
