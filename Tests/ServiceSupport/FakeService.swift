package import Client
import Foundation
package import Messages
import Synchronization
import ZeroMQ

/// A service on loopback that welcomes every subscription and otherwise does what a test tells it to.
package final class FakeService: Sendable {
    package enum Action: Sendable {
        case publish(Event, tensor: [UInt8] = [])
        /// Frames as they are, whatever they mean.
        case publishFrames([[UInt8]])
    }

    package typealias OnCommand = @Sendable (_ command: Command, _ count: Int) -> [Action]
    package typealias OnRequest = @Sendable (_ body: Request.Body) -> (Reply.Body, tensor: [UInt8])?

    package let server: Server
    private let context: Context
    private let counts = Mutex<[Identifier: Int]>([:])
    private let onCommand: OnCommand
    private let onRequest: OnRequest

    package init(onCommand: @escaping OnCommand = { _, _ in [] }, onRequest: @escaping OnRequest = { _ in nil }) throws
    {
        context = try Context()
        self.onCommand = onCommand
        self.onRequest = onRequest
        let sockets = try FakeSockets(context)
        server = try Server("127.0.0.1:\(sockets.basePort)")
        let owner = Handover(sockets)
        let thread = Thread { [self] in try? serve(owner.sockets) }
        thread.start()
    }

    /// How often a job's command has come.
    package func count(of jobID: Identifier) -> Int { counts.withLock { $0[jobID] ?? 0 } }

    package func stop() { context.shutdown() }

    private func serve(_ sockets: FakeSockets) throws {
        let limits = ReceiveLimits(frameCount: 8, byteCount: 64 << 20)
        let poller = Poller()
        for socket in [sockets.pull, sockets.xpub, sockets.router] { _ = poller.add(socket) }
        while true {
            try poller.poll(timeout: nil)
            while case .message(let frames)? = try sockets.xpub.receive(within: limits) {
                let topic = Array(frames[0].bytes.dropFirst())
                if frames[0].bytes.first == 1 { _ = try sockets.xpub.send([topic, Self.welcome.encoded()]) }
            }
            while case .message(let frames)? = try sockets.pull.receive(within: limits) {
                guard case .command(let command) = Command.decode(frames[0].bytes) else { continue }
                let count = counts.withLock { counts in
                    counts[command.jobID, default: 0] += 1
                    return counts[command.jobID] ?? 0
                }
                for action in onCommand(command, count) { try perform(action, sockets.xpub) }
            }
            while case .message(let frames)? = try sockets.router.receive(within: limits) {
                guard frames.count == 2, let request = try? Request.decode(frames[1].bytes) else { continue }
                guard let (body, tensor) = onRequest(request.body) else { continue }
                let reply = Reply(requestID: request.id, body: body).encoded()
                _ = try sockets.router.send([frames[0].bytes, reply] + (tensor.isEmpty ? [] : [tensor]))
            }
        }
    }

    private func perform(_ action: Action, _ xpub: Socket) throws {
        switch action {
        case .publish(let event, let tensor):
            guard let topic = Topic(event) else { return }
            _ = try xpub.send([topic.bytes, event.encoded()] + (tensor.isEmpty ? [] : [tensor]))
        case .publishFrames(let frames): _ = try xpub.send(frames)
        }
    }

    package static let welcome = Event(
        logID: 7, lastSeq: 100, time: UnixTime(microseconds: 0),
        body: .welcome(Welcome(serverVersion: "0", protocolVersion: 1, firstSeq: 1, maxCommandBytes: 4 << 20)))
}

/// The three sockets, on consecutive ports.
struct FakeSockets {
    let pull: Socket
    let xpub: Socket
    let router: Socket
    let basePort: Int

    init(_ context: Context) throws {
        pull = try Socket(context, .pull)
        xpub = try Socket(context, .xpub)
        router = try Socket(context, .router)
        for _ in 0..<200 {
            let port = Int.random(in: 20_000..<60_000)
            guard let first = try? pull.bind("tcp://127.0.0.1:\(port)") else { continue }
            guard let second = try? xpub.bind("tcp://127.0.0.1:\(port + 1)") else {
                try pull.unbind(first)
                continue
            }
            guard (try? router.bind("tcp://127.0.0.1:\(port + 2)")) != nil else {
                try pull.unbind(first)
                try xpub.unbind(second)
                continue
            }
            basePort = port
            return
        }
        throw ZeroMQError.addressInUse(endpoint: "200 random ports")
    }
}

/// Carries the sockets to the thread that will own them; nobody touches them before or after.
private struct Handover: @unchecked Sendable {
    let sockets: FakeSockets

    init(_ sockets: FakeSockets) {
        self.sockets = sockets
    }
}
