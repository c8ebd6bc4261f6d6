import Logging
import Messages
import Tasks
import TestSupport
import Testing
import Worker
import ZeroMQ

/// The loop against a scripted broker over TCP, both on the test's thread; lanes are real threads.
@Suite struct WorkerLoopTests {
    private let context: Context
    private let broker: ScriptedBroker

    init() throws {
        context = try Context()
        broker = try ScriptedBroker(context)
    }

    private func loop(
        lanes: Int = 2, orphanTimeout: Duration? = nil,
        openModel: @escaping InferenceDesk.OpenModel = { (_) throws(LeaseFailure) in StubModel.make() }
    ) throws -> WorkerLoop {
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try WorkerLoop(
            endpoint: broker.endpoint, context: context, hello: .stub(lanes: lanes), orphanTimeout: orphanTimeout,
            log: log, desk: InferenceDesk(laneCount: lanes, batchTokens: 100, log: log, openModel: openModel))
    }

    @Test func leasesComeBackAsVectors() throws {
        let loop = try loop()
        defer { loop.close() }
        #expect(try broker.welcome(loop).nonce == 42)
        let lease = try Leases.lease(9, ["hello", "", "worlds"], firstRow: 4)
        let options = try EmbeddingOptions(of: lease)
        try broker.send(.leases([lease]))
        let (finished, tensors) = try broker.waitForFinished(loop)
        #expect(finished.fence == lease.fence)
        #expect(finished.chunks.map(\.firstRow) == [4])
        #expect(finished.chunks.map(\.shape) == [[3, 3]])
        #expect(finished.chunks.flatMap(\.notes) == [RowNote(row: 5, status: .empty)])
        #expect(tensors == [lease.texts.flatMap { StubModel.bytes(of: $0, options) }])
        let beat = try broker.nextBeat(loop)
        #expect(beat.fences == [lease.fence])
        #expect(beat.models == [Leases.model])
        try broker.send(.settled([lease.fence]))
        let isSettled: Bool = try broker.wait(loop) { incoming in
            if case .beat(let beat) = incoming.message, beat.fences.isEmpty { true } else { nil }
        }
        #expect(isSettled)
    }

    @Test func manyLeasesAreAllAnsweredOnce() throws {
        let loop = try loop()
        defer { loop.close() }
        var generator = Seeded(7)
        let leases = try Leases.random(count: 200, using: &generator)
        _ = try broker.welcome(loop)
        try broker.send(.leases(leases))
        var answered: [UInt64] = []
        while answered.count < leases.count {
            let (finished, tensors) = try broker.waitForFinished(loop)
            answered.append(finished.fence.rawValue)
            let lease = try #require(leases.first { $0.fence == finished.fence })
            let options = try EmbeddingOptions(of: lease)
            #expect(tensors.flatMap(\.self) == lease.texts.flatMap { StubModel.bytes(of: $0, options) })
            try broker.send(.settled([finished.fence]))
        }
        #expect(Set(answered) == Set(leases.map(\.fence.rawValue)))
    }

    @Test func anUnsettledResultIsSentAgainAfterACut() throws {
        let loop = try loop()
        defer { loop.close() }
        _ = try broker.welcome(loop)
        let lease = try Leases.lease(1, ["text"])
        try broker.send(.leases([lease]))
        let first = try broker.waitForFinished(loop)
        broker.stop()
        try broker.start(loop)
        let hello = try broker.wait(loop) { incoming in
            switch incoming.message {
            case .hello(let hello): return hello
            case .beat, .finished:
                try broker.send(.whoAreYou)
                return nil
            case .unfinished, .bye, .report: return nil
            }
        }
        #expect(hello.nonce == 42)
        #expect(hello.held == [lease.fence])
        try broker.send(.welcome(WorkerWelcome(beat: .milliseconds(50), keep: hello.held)))
        let second = try broker.waitForFinished(loop)
        #expect(second.0 == first.0)
        #expect(second.1 == first.1)
    }

    @Test func aRevokedLeaseIsNotAnswered() throws {
        let gate = Gate()
        let loop = try loop(openModel: { (_) throws(LeaseFailure) in
            gate.wait()
            return StubModel.make()
        })
        defer { loop.close() }
        _ = try broker.welcome(loop)
        try broker.send(.leases([try Leases.lease(1, ["gone"]), try Leases.lease(2, ["here"])]))
        try broker.send(.revoke([Fence(rawValue: 1)]))
        let isRevoked: Bool = try broker.wait(loop) { incoming in
            if case .beat(let beat) = incoming.message, beat.fences.map(\.rawValue) == [2] { true } else { nil }
        }
        #expect(isRevoked)
        gate.open()
        let (finished, _) = try broker.waitForFinished(loop)
        #expect(finished.fence.rawValue == 2)
    }

    @Test func drainingReturnsWhatIsNotBegunAndSaysGoodbyeWhenAllIsSettled() throws {
        let gate = Gate()
        let loop = try loop(openModel: { (_) throws(LeaseFailure) in
            gate.wait()
            return StubModel.make()
        })
        defer { loop.close() }
        _ = try broker.welcome(loop)
        try broker.send(.leases([try Leases.lease(1, ["never begun"])]))
        _ = try broker.nextBeat(loop) { $0.fences.count == 1 }
        loop.drain()
        gate.open()
        let unfinished = try broker.waitForUnfinished(loop)
        #expect(unfinished.reason == .returned)
        try broker.send(.leases([try Leases.lease(2, ["too late"])]))
        #expect(try broker.waitForUnfinished(loop).fence.rawValue == 2)
        #expect(loop.state == .running)
        try broker.send(.settled([1, 2].map { Fence(rawValue: $0) }))
        let isGone: Bool = try broker.wait(loop) { if case .bye = $0.message { true } else { nil } }
        #expect(isGone)
        #expect(loop.state == .drained)
    }

    @Test(arguments: [Unfinished.Reason.refused, .failed])
    func aModelThatCannotBeUsedIsReported(reason: Unfinished.Reason) throws {
        let failure = LeaseFailure(reason, ServiceError(.unknownModel, "not here"))
        let loop = try loop(openModel: { (_) throws(LeaseFailure) in throw failure })
        defer { loop.close() }
        _ = try broker.welcome(loop)
        try broker.send(.leases([try Leases.lease(1, ["a"])]))
        let unfinished = try broker.waitForUnfinished(loop)
        #expect(unfinished.reason == reason)
        #expect(unfinished.error == failure.error)
    }

    @Test func aLayerThatTheModelDoesNotHaveFailsTheJob() throws {
        let loop = try loop()
        defer { loop.close() }
        _ = try broker.welcome(loop)
        try broker.send(.leases([try Leases.lease(1, ["a"], layer: 7)]))
        let unfinished = try broker.waitForUnfinished(loop)
        #expect(unfinished.reason == .failed)
        #expect(unfinished.error?.field == "layer")
    }

    @Test func garbageFromTheBrokerChangesNothing() throws {
        let loop = try loop()
        defer { loop.close() }
        _ = try broker.welcome(loop)
        for frames in [[[]], [[0xFF, 1, 2]], [[1], [2], [3]]] as [[[UInt8]]] { try broker.send(garbage: frames) }
        try broker.send(.leases([try Leases.lease(1, ["a"])]))
        #expect(try broker.waitForFinished(loop).0.fence.rawValue == 1)
    }

    @Test func anOrphanEnds() throws {
        broker.stop()
        let loop = try loop(orphanTimeout: .milliseconds(20))
        defer { loop.close() }
        while loop.state == .running { try loop.step() }
        #expect(loop.state == .orphaned)
    }
}

/// Holds a thread until it is opened.
private final class Gate: Sendable {
    private let wakeUp: WakeUp?

    init() {
        wakeUp = try? WakeUp()
    }

    func wait() {
        wakeUp?.wait()
    }

    func open() {
        wakeUp?.signal()
    }
}

extension ScriptedBroker {
    fileprivate func nextBeat(_ loop: WorkerLoop, where isWanted: (Beat) -> Bool = { _ in true }) throws -> Beat {
        try wait(loop) { incoming in
            if case .beat(let beat) = incoming.message, isWanted(beat) { beat } else { nil }
        }
    }
}
