import Foundation
import Messages
import ZeroMQ

/// A training worker that computes nothing: it says what a test wants it to say.
final class ScriptedTrainer {
    private let dealer: Socket
    private let poller = Poller()
    private let hello: Hello
    private var held: [Fence] = []
    private var nextBeat = ContinuousClock.now

    init(basePort: Int, name: String = "trainer") throws {
        dealer = try Socket(Context(), .dealer)
        try dealer.connect("tcp://127.0.0.1:\(basePort + 3)")
        _ = poller.add(dealer)
        // A process id that nobody has, so that nobody is taken for it.
        hello = Hello(
            version: "test", workerID: try Identifier(name), nonce: .random(in: .min ... .max), workerClass: .training,
            host: "elsewhere", processID: 1, lanes: 1, creditTokens: 1, held: [], models: [], kernels: "none")
        try send(.hello(hello))
        _ = try message("a welcome") { if case .welcome = $0 { true } else { nil } }
    }

    func send(_ message: FromWorker) throws { _ = try dealer.send([message.encoded()]) }

    func report(_ body: RunReport.Body, of lease: Lease) throws {
        try send(.report(RunReport(fence: lease.fence, body: body)))
    }

    /// The next run that it is given.
    func lease() throws -> Lease {
        let lease = try message("a lease") { if case .leases(let leases) = $0 { leases.first } else { nil } }
        held = [lease.fence]
        return lease
    }

    /// Until the broker has these reports on disk.
    func waitUntilRecorded(_ number: Int) throws {
        _ = try message("report \(number) on disk") {
            if case .recorded(_, let last) = $0, last >= number { true } else { nil }
        }
    }

    /// Until the broker takes back a lease.
    func waitUntilRevoked(_ lease: Lease) throws {
        _ = try message("a revocation") {
            if case .revoke(let fences) = $0, fences.contains(lease.fence) { true } else { nil }
        }
        held = []
    }

    /// Until the end of a lease is on disk.
    func waitUntilSettled() throws {
        _ = try message("the end on disk") { if case .settled = $0 { true } else { nil } }
        held = []
    }

    /// Waits for a message, alive all the while.
    private func message<Value>(_ what: String, _ pick: (FromBroker) -> Value?) throws -> Value {
        let deadline = ContinuousClock.now + .seconds(30)
        while ContinuousClock.now < deadline {
            if nextBeat <= .now {
                nextBeat = .now + .seconds(1)
                try send(.beat(Beat(nonce: hello.nonce, fences: held, models: [])))
            }
            try poller.poll(timeout: .milliseconds(100))
            while case .message(let frames) = try dealer.receive(within: Self.limits), let frame = frames.first {
                let message = try FromBroker(decoding: frame.bytes)
                if let value = pick(message) { return value }
                if case .whoAreYou = message {
                    var again = hello
                    again.held = held
                    try send(.hello(again))
                }
            }
        }
        throw RawClient.TimedOut(description: "\(what) did not come within 30 s")
    }

    private static let limits = ReceiveLimits(frameCount: 1, byteCount: Limits.maxFrameBytes)
}
