import Messages
import Testing
import Worker

@Suite struct SessionTests {
    private let start = ContinuousClock.now

    private func session(orphanTimeout: Duration? = nil) throws -> Session {
        Session(hello: try .stub(), orphanTimeout: orphanTimeout, at: start)
    }

    /// A session that has said hello and was welcomed at `start`.
    private func knownSession(leases: [UInt64] = []) throws -> Session {
        var session = try session()
        _ = session.tick(models: [], at: start)
        _ = session.received(.welcome(WorkerWelcome(beat: .seconds(3), keep: [])), at: start)
        _ = session.received(.leases(try leases.map { try Leases.lease($0, ["a"]) }), at: start)
        return session
    }

    private func report(_ fence: UInt64) -> LeaseReport {
        .unfinished(Fence(rawValue: fence), .failed, ServiceError(.invalid, "no"))
    }

    @Test func aStrangerSaysHelloUntilItIsWelcomed() throws {
        var session = try session()
        #expect(session.tick(models: [Leases.model], at: start).hellos.map(\.models) == [[Leases.model]])
        session.offered(wasTaken: true, at: start)
        #expect(session.tick(models: [], at: start + .seconds(1)).isEmpty)
        #expect(session.deadline == start + Session.helloInterval)
        #expect(session.tick(models: [], at: start + .seconds(2)).hellos.count == 1)
        _ = session.received(.welcome(WorkerWelcome(beat: .seconds(3), keep: [])), at: start + .seconds(2))
        #expect(session.tick(models: [], at: start + .seconds(4)).isEmpty)
        #expect(session.tick(models: [], at: start + .seconds(5)).beats.count == 1)
    }

    @Test func withoutAConnectionItWaitsForOne() throws {
        var session = try session()
        _ = session.tick(models: [], at: start)
        session.offered(wasTaken: false, at: start)
        #expect(session.waitsForConnection)
        #expect(session.deadline == nil)
        #expect(session.tick(models: [], at: start + .seconds(100)).isEmpty)
        session.connected(at: start + .seconds(100))
        #expect(session.tick(models: [], at: start + .seconds(100)).hellos.count == 1)
    }

    @Test func aBeatListsLeasesAndUnsettledReports() throws {
        var session = try knownSession(leases: [1, 2, 3])
        _ = session.report(report(2))
        _ = session.received(.settled([Fence(rawValue: 3)]), at: start)
        let beats = session.tick(models: [Leases.model], at: start + .seconds(3)).beats
        #expect(beats.map { $0.fences.map(\.rawValue) } == [[1, 2]])
        #expect(beats.map(\.models) == [[Leases.model]])
    }

    @Test func aBeatThatNobodyTakesMakesAStranger() throws {
        var session = try knownSession()
        #expect(session.tick(models: [], at: start + .seconds(3)).beats.count == 1)
        session.offered(wasTaken: false, at: start + .seconds(3))
        #expect(session.waitsForConnection)
    }

    @Test func manyQuestionsAreAnsweredByOneHello() throws {
        var session = try knownSession(leases: [7])
        for _ in 0..<100 { #expect(session.received(.whoAreYou, at: start).isEmpty) }
        let hellos = session.tick(models: [], at: start).hellos
        #expect(hellos.map { $0.held.map(\.rawValue) } == [[7]])
        for _ in 0..<100 { _ = session.received(.whoAreYou, at: start) }
        #expect(session.tick(models: [], at: start + .seconds(1)).isEmpty)
    }

    @Test func aReportIsSentAtOnceAndAgainAfterTheNextWelcomeAlone() throws {
        var session = try knownSession(leases: [1, 2])
        #expect(session.report(report(1)).sent == [1])
        _ = session.received(.whoAreYou, at: start)
        #expect(session.report(report(2)).isEmpty)
        let welcome = WorkerWelcome(beat: .seconds(3), keep: [1, 2].map { Fence(rawValue: $0) })
        #expect(session.received(.welcome(welcome), at: start).sent == [1, 2])
        #expect(session.tick(models: [], at: start + .seconds(3)).sent.isEmpty)
        _ = session.received(.settled(welcome.keep), at: start)
        #expect(session.isSettled)
        #expect(session.received(.welcome(welcome), at: start).sent.isEmpty)
    }

    @Test func whatARunTellsIsSentAgainUntilItIsRecordedAndProgressNever() throws {
        var session = try knownSession(leases: [1])
        let fence = Fence(rawValue: 1)
        func told(_ body: RunReport.Body) -> LeaseReport { .told(RunReport(fence: fence, body: body)) }
        for number in 1...3 { #expect(session.report(told(.note(number: number, "note"))).notes == [number]) }
        #expect(session.report(told(.progress(TrainingProgress(step: 1, totalSteps: 9)))).sent == [1])
        _ = session.received(.recorded(fence, number: 1), at: start)
        _ = session.report(report(1))
        let welcome = WorkerWelcome(beat: .seconds(3), keep: [fence])
        let again = session.received(.welcome(welcome), at: start)
        #expect(again.notes == [2, 3] && again.sent == [1, 1, 1])
        _ = session.received(.recorded(fence, number: 3), at: start)
        #expect(session.received(.welcome(welcome), at: start).notes.isEmpty)
        _ = session.received(.settled([fence]), at: start)
        #expect(session.isSettled && session.report(told(.note(number: 4, "late"))).isEmpty)
    }

    @Test func whatIsNotKeptIsDropped() throws {
        var session = try knownSession(leases: [1, 2, 3])
        _ = session.report(report(1))
        let actions = session.received(
            .welcome(WorkerWelcome(beat: .seconds(3), keep: [Fence(rawValue: 3)])), at: start)
        #expect(actions.dropped == [1, 2])
        #expect(actions.sent.isEmpty)
        #expect(session.fences.map(\.rawValue) == [3])
    }

    @Test func aRevokedLeaseIsDroppedAndItsReportNeverSent() throws {
        var session = try knownSession(leases: [1])
        #expect(session.received(.revoke([Fence(rawValue: 1)]), at: start).dropped == [1])
        #expect(session.report(report(1)).isEmpty)
        #expect(session.isSettled)
    }

    @Test func aLeavingWorkerReturnsWhatStillComes() throws {
        var session = try knownSession()
        session.leave()
        let actions = session.received(.leases([try Leases.lease(1, ["a"])]), at: start)
        #expect(actions.sent == [1])
        #expect(!session.isSettled)
        _ = session.received(.settled([Fence(rawValue: 1)]), at: start)
        #expect(session.isSettled)
    }

    @Test func anOrphanLeavesAfterItsTimeoutAndABeatThatIsTakenProvesABroker() throws {
        var session = try session(orphanTimeout: .seconds(60))
        _ = session.received(.welcome(WorkerWelcome(beat: .seconds(30), keep: [])), at: start)
        #expect(session.tick(models: [], at: start + .seconds(50)).beats.count == 1)
        session.offered(wasTaken: true, at: start + .seconds(50))
        #expect(!session.tick(models: [], at: start + .seconds(109)).isOrphaned)
        session.offered(wasTaken: false, at: start + .seconds(109))
        #expect(session.deadline == start + .seconds(110))
        #expect(session.tick(models: [], at: start + .seconds(110)).isOrphaned)
    }
}

extension Hello {
    static func stub(lanes: Int = 1) throws -> Hello {
        Hello(
            version: "1", workerID: try Identifier("worker"), nonce: 42, workerClass: .inference, host: "host",
            processID: 1, lanes: lanes, creditTokens: 1000, held: [], models: [], kernels: "")
    }
}

extension [Session.Action] {
    fileprivate var hellos: [Hello] {
        compactMap { if case .offer(.hello(let hello)) = $0 { hello } else { nil } }
    }

    fileprivate var beats: [Beat] {
        compactMap { if case .offer(.beat(let beat)) = $0 { beat } else { nil } }
    }

    fileprivate var sent: [UInt64] {
        compactMap { if case .send(let report) = $0 { report.fence.rawValue } else { nil } }
    }

    /// The numbers of the notes that are sent.
    fileprivate var notes: [Int] {
        compactMap { action in
            guard case .send(let report) = action, case .report(let run) = report.message else { return nil }
            return run.number
        }
    }

    fileprivate var dropped: [UInt64] {
        flatMap { action -> [UInt64] in
            if case .drop(let fences) = action { fences.map(\.rawValue) } else { [] }
        }.sorted()
    }

    fileprivate var isOrphaned: Bool {
        contains { if case .leaveOrphaned = $0 { true } else { false } }
    }
}
