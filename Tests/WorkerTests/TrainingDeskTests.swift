import Logging
import Messages
import Synchronization
import Testing
import ZeroMQ

@testable import Worker

/// The loop with a training desk against a scripted broker; a run is a closure on a real lane.
@Suite struct TrainingDeskTests {
    private let context: Context
    private let broker: ScriptedBroker

    init() throws {
        context = try Context()
        broker = try ScriptedBroker(context)
    }

    private func loop(perform: @escaping TrainingDesk.Perform) throws -> WorkerLoop {
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return try WorkerLoop(
            endpoint: broker.endpoint, context: context, hello: .stub(), orphanTimeout: nil, log: log,
            desk: TrainingDesk(laneCount: 2, log: log, perform: perform))
    }

    private static let progress = RunNews.progress(TrainingProgress(step: 1, totalSteps: 2))

    /// Tells progress until an order comes, as a run does between its steps.
    private static func waitForOrder(_ line: RunLine) {
        while !line.isToStop { line.tell(progress) }
    }

    private func number(_ loop: WorkerLoop, _ choose: (RunReport.Body) -> Int?) throws -> Int {
        try broker.wait(loop) { incoming in
            if case .report(let report) = incoming.message { choose(report.body) } else { nil }
        }
    }

    @Test func reportsAreNumberedAndTheEndFollows() throws {
        let loop = try loop { _, _, line in
            line.tell(.note("one"))
            line.tell(Self.progress)
            line.tell(.metrics(Metrics(step: 1, epoch: 1, set: "dev", metrics: [])))
            return .finished(RunResult(metrics: [Metric(name: "f1", value: 0.5)]), Usage(rows: 1))
        }
        defer { loop.close() }
        _ = try broker.welcome(loop)
        try broker.send(.leases([try Leases.run(1)]))
        #expect(try number(loop) { if case .note(let number, "one") = $0 { number } else { nil } } == 1)
        #expect(try number(loop) { if case .metrics(let number, _) = $0 { number } else { nil } } == 2)
        let (finished, _) = try broker.waitForFinished(loop)
        #expect(finished.run?.metrics.map(\.name) == ["f1"] && finished.chunks.isEmpty)
        try broker.send(.leases([try Leases.run(2)]))
        #expect(try number(loop) { if case .note(let number, _) = $0 { number } else { nil } } == 1)
    }

    @Test func aRevokedRunStopsAndTheNextLeaseIsTakenUp() throws {
        let loop = try loop { lease, _, line in
            if lease.fence.rawValue == 1 { Self.waitForOrder(line) }
            return .finished(RunResult(), Usage())
        }
        defer { loop.close() }
        _ = try broker.welcome(loop)
        try broker.send(.leases([try Leases.run(1)]))
        _ = try number(loop) { if case .progress(let progress) = $0 { progress.step } else { nil } }
        try broker.send(.revoke([Fence(rawValue: 1)]))
        try broker.send(.leases([try Leases.run(2)]))
        #expect(try broker.waitForFinished(loop).0.fence.rawValue == 2)
    }

    @Test func whatIsKeptIsNeverLostHoweverMuchIsTold() throws {
        let loop = try loop { _, _, line in
            for number in 1...600 { line.tell(.note("\(number)")) }
            return .finished(RunResult(), Usage())
        }
        defer { loop.close() }
        _ = try broker.welcome(loop)
        try broker.send(.leases([try Leases.run(1)]))
        var notes: [String] = []
        while notes.count < 600 {
            let (number, note) = try broker.wait(loop) { incoming -> (Int, String)? in
                guard case .report(let report) = incoming.message, case .note(let number, let note) = report.body else {
                    return nil
                }
                return (number, note)
            }
            #expect(number == notes.count + 1)
            notes.append(note)
        }
        #expect(notes == (1...600).map { "\($0)" })
        #expect(try broker.waitForFinished(loop).0.fence.rawValue == 1)
    }

    @Test func aSecondRunIsGivenBack() throws {
        let loop = try loop { _, _, line in
            Self.waitForOrder(line)
            return .finished(RunResult(), Usage())
        }
        defer { loop.close() }
        _ = try broker.welcome(loop)
        try broker.send(.leases([try Leases.run(1), try Leases.run(2)]))
        let unfinished = try broker.waitForUnfinished(loop)
        #expect(unfinished.fence.rawValue == 2 && unfinished.reason == .returned)
    }

    @Test func aDrainedRunSavesAndIsGivenBack() throws {
        let loop = try loop { _, _, line in
            Self.waitForOrder(line)
            line.tell(.note("saved"))
            return .unfinished(.returned, ServiceError(.shuttingDown, "leaving"))
        }
        defer { loop.close() }
        _ = try broker.welcome(loop)
        try broker.send(.leases([try Leases.run(1)]))
        _ = try number(loop) { if case .progress(let progress) = $0 { progress.step } else { nil } }
        loop.drain()
        _ = try number(loop) { if case .note(let number, "saved") = $0 { number } else { nil } }
        #expect(try broker.waitForUnfinished(loop).reason == .returned)
        try broker.send(.settled([Fence(rawValue: 1)]))
        let isGone: Bool = try broker.wait(loop) { if case .bye = $0.message { true } else { nil } }
        #expect(isGone && loop.state == .drained)
    }

    @Test func aRunWithoutABrokerIsStoppedAndEnds() throws {
        let saved = Mutex(false)
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let loop = try WorkerLoop(
            endpoint: broker.endpoint, context: context, hello: .stub(), orphanTimeout: .milliseconds(100), log: log,
            desk: TrainingDesk(laneCount: 1, log: log) { _, _, line in
                Self.waitForOrder(line)
                saved.withLock { $0 = true }
                return .unfinished(.returned, ServiceError(.shuttingDown, "leaving"))
            })
        _ = try broker.welcome(loop)
        try broker.send(.leases([try Leases.run(1)]))
        _ = try number(loop) { if case .progress(let progress) = $0 { progress.step } else { nil } }
        broker.stop()
        while loop.state == .running { try loop.step() }
        loop.close()
        #expect(loop.state == .orphaned && saved.withLock { $0 })
    }
}

extension Leases {
    /// A lease of a fine-tuning job.
    static func run(_ fence: UInt64) throws -> Lease {
        Lease(
            fence: Fence(rawValue: fence), jobID: try Identifier("run-\(fence)"), firstRow: 0, priority: .bulk,
            model: model,
            work: .fineTune(
                FineTune(
                    model: try ModelReference("stub"), task: "classification",
                    data: [try DataFile(role: "train", data: .digest(Digest(of: [1])))])))
    }
}
