import Messages
import Testing
import Worker
import ZeroMQ

/// A broker that says what a test makes it say, turn by turn with the worker's loop on one thread.
final class ScriptedBroker {
    struct Incoming {
        let address: [UInt8]
        let message: FromWorker
        let tensors: [[UInt8]]
    }

    let endpoint: String
    private let context: Context
    private var router: Socket?
    private(set) var address: [UInt8] = []

    init(_ context: Context) throws {
        self.context = context
        let router = try Socket(context, .router)
        endpoint = try router.bind("tcp://127.0.0.1:*")
        self.router = router
    }

    /// Every connection is cut, and nobody listens.
    func stop() {
        router = nil
    }

    /// Listens again where it did before, as soon as the system has freed the port.
    func start(_ loop: WorkerLoop) throws {
        let router = try Socket(context, .router)
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            do {
                try router.bind(endpoint)
                break
            } catch {
                guard case .addressInUse = error, ContinuousClock.now < deadline else { throw error }
                try loop.step(timeout: .milliseconds(5))
            }
        }
        self.router = router
    }

    /// Lets the worker turn until it has said something that `choose` takes; what else it says is skipped.
    func wait<Wanted>(_ loop: WorkerLoop, for choose: (Incoming) throws -> Wanted?) throws -> Wanted {
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            if loop.state == .running { try loop.step(timeout: .milliseconds(5)) }
            while let incoming = try receive() {
                address = incoming.address
                if let wanted = try choose(incoming) { return wanted }
            }
        }
        throw Failure.silence
    }

    func send(_ message: FromBroker) throws {
        #expect(try router?.send([address, message.encoded()]) == .queued)
    }

    func send(garbage frames: [[UInt8]]) throws {
        #expect(try router?.send([address] + frames) == .queued)
    }

    func welcome(_ loop: WorkerLoop, keep: [Fence] = []) throws -> Hello {
        let hello = try wait(loop) { if case .hello(let hello) = $0.message { hello } else { nil } }
        try send(.welcome(WorkerWelcome(beat: .milliseconds(50), keep: keep)))
        return hello
    }

    func waitForFinished(_ loop: WorkerLoop) throws -> (Finished, [[UInt8]]) {
        try wait(loop) { incoming in
            if case .finished(let finished) = incoming.message { (finished, incoming.tensors) } else { nil }
        }
    }

    func waitForUnfinished(_ loop: WorkerLoop) throws -> Unfinished {
        try wait(loop) { if case .unfinished(let unfinished) = $0.message { unfinished } else { nil } }
    }

    private func receive() throws -> Incoming? {
        let limits = ReceiveLimits(frameCount: 100, byteCount: 1 << 28)
        guard case .message(let frames) = try router?.receive(within: limits) else { return nil }
        return Incoming(
            address: frames[0].bytes, message: try FromWorker(decoding: frames[1].bytes),
            tensors: frames.dropFirst(2).map(\.bytes))
    }

    enum Failure: Error {
        case silence
    }
}
