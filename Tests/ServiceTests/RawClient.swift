import Foundation
import Messages
import ZeroMQ

/// A client with nothing of the client library: a PUSH, a SUB and a DEALER, as any program in any language has them.
final class RawClient {
    struct TimedOut: Error, CustomStringConvertible {
        let description: String
    }

    private let push: Socket
    private let subscriber: Socket
    private let dealer: Socket
    private let poller = Poller()

    init(basePort: Int, topics: [String] = ["e1/", "r1/"]) throws {
        let context = try Context()
        push = try Socket(context, .push)
        subscriber = try Socket(context, .sub)
        dealer = try Socket(context, .dealer)
        for topic in topics { try subscriber.subscribe(topic) }
        try push.connect("tcp://127.0.0.1:\(basePort)")
        try subscriber.connect("tcp://127.0.0.1:\(basePort + 1)")
        try dealer.connect("tcp://127.0.0.1:\(basePort + 2)")
        _ = poller.add(subscriber)
        _ = poller.add(dealer)
        _ = try event("a welcome") { if case .welcome = $0.body { true } else { false } }
    }

    func send(_ frames: [[UInt8]]) throws { _ = try push.send(frames) }

    /// The next event that `isWanted`, within 20 s.
    func event(_ what: String, _ isWanted: (Event) -> Bool) throws -> Event {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            try poller.poll(timeout: .milliseconds(200))
            while case .message(let frames) = try subscriber.receive(within: Self.limits) {
                guard frames.count > 1 else { continue }
                let event = try Event(decoding: frames[1].bytes)
                if isWanted(event) { return event }
            }
        }
        throw TimedOut(description: "\(what) did not come within 20 s")
    }

    /// The rejection or the end of a job.
    func verdict(on job: String) throws -> Event.Body {
        try event("a verdict on \(job)") {
            guard $0.address?.jobID.string == job else { return false }
            if case .rejected = $0.body { return true }
            return $0.body.isTerminal
        }.body
    }

    /// Whether a command is accepted within 20 s, each try with an id of its own.
    func isAcceptedInTheEnd(_ command: (Int) throws -> Command) throws -> Bool {
        for attempt in 0..<20 {
            let command = try command(attempt)
            try send([command.encoded()])
            let answer = try event("an answer") { event in
                guard event.address?.jobID == command.jobID else { return false }
                switch event.body {
                case .accepted, .rejected: return true
                default: return false
                }
            }
            if case .accepted = answer.body { return true }
            sleep(1)
        }
        return false
    }

    func ask(_ body: Request.Body) throws -> Reply.Body {
        _ = try dealer.send([Request(id: 1, body: body).encoded()])
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            try poller.poll(timeout: .milliseconds(200))
            if case .message(let frames) = try dealer.receive(within: Self.limits), let frame = frames.first {
                return try Reply(decoding: frame.bytes).body
            }
        }
        throw TimedOut(description: "no reply within 20 s")
    }

    func counter(_ name: String) throws -> Int {
        guard case .service(let status) = try ask(.status) else { return -1 }
        return status.counters.first { $0.name == name }?.value ?? -1
    }

    private static let limits = ReceiveLimits(frameCount: 4, byteCount: 1 << 24)
}

extension Command {
    /// An embedding job of one client, `tests`.
    static func embed(
        _ job: String, _ texts: [Text], model: String = "tiny", change: (inout Embed) -> Void = { _ in }
    ) throws -> Command {
        let client = try Identifier("tests")
        var embed = Embed(model: try ModelReference(model), texts: texts)
        change(&embed)
        return Command(
            address: JobAddress(clientID: client, group: client, jobID: try Identifier(job)), priority: .interactive,
            body: .work(.embed(embed)))
    }
}
