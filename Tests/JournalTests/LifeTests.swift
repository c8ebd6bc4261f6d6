import JobQueue
import Journal
import Messages
import Testing

@Suite struct LifeTests {
    let scratch = Scratch()

    @Test func aJobIsToldFromAcceptedToSucceeded() throws {
        let journal = try scratch.open()
        let rows = chunk(0, 1)
        let outcomes =
            try journal.commit([.accept(record("a"), frame: [1, 2, 3])], at: .at(0))
            + journal.commit([.start(job: name("a"), worker: name("w"))], at: .at(1))
            + journal.commit(
                [
                    .store(job: name("a"), rows), .announce(job: name("a"), rows: rows.rows, noticesOnly: false),
                    .finish(job: name("a"), .succeeded(rows.usage)),
                ], at: .at(3))
        #expect(outcomes.compactMap(\.event?.seq) == [1, 2, 3, 4])
        #expect(outcomes.compactMap(\.event?.jobSeq) == [1, 2, 3, 4])
        #expect(outcomes.compactMap(\.event?.logID) == [UInt64](repeating: journal.logID, count: 4))
        #expect(outcomes[2].isDone)
        #expect(outcomes[3].tensor == rows.tensor)
        #expect(
            outcomes[4].event?.body
                == .succeeded(Succeeded(usage: rows.usage, queueTime: .seconds(1), totalTime: .seconds(3))))
        let job = try #require(try journal.job(name("a")))
        #expect(job.state == .succeeded)
        #expect(job.announcedRows == 1)
        #expect(job.usage == rows.usage)
        #expect(job.startedAt == .at(1))
        #expect(job.finishedAt == .at(3))
    }

    @Test func theSameFrameIsARepeatAndAnotherAConflict() throws {
        let journal = try scratch.open()
        let outcomes = try journal.commit(
            [
                .accept(record("a"), frame: [1, 2, 3]), .accept(record("a"), frame: [1, 2, 3]),
                .accept(record("a", frame: [4]), frame: [4]), .start(job: name("a"), worker: name("w")),
            ], at: .at(0))
        guard case .known(let same, sameDigest: true) = outcomes[1] else { throw Unexpected(outcomes[1]) }
        #expect(same == record("a"))
        guard case .known(_, sameDigest: false) = outcomes[2] else { throw Unexpected(outcomes[2]) }
        let later = try journal.commit([.accept(record("a"), frame: [1, 2, 3])], at: .at(1))
        guard case .known(let running, sameDigest: true) = later[0] else { throw Unexpected(later[0]) }
        #expect(running.state == .running)
        #expect(try journal.head().lastSeq == 2)
    }

    @Test(arguments: [
        Ending.succeeded(Usage(rows: 1)), .failed(ServiceError(.invalid, "no", field: "texts")),
        .dead(ServiceError(.lost, "gone"), lostWorkers: 3), .cancelled(reason: nil), .cancelled(reason: "enough"),
    ])
    func aTerminalStateNeverChanges(ending: Ending) throws {
        let journal = try scratch.open()
        _ = try journal.commit(
            [.accept(record("a"), frame: [1, 2, 3]), .finish(job: name("a"), ending)], at: .at(0))
        let job = try journal.job(name("a"))
        let head = try journal.head()
        let rows = chunk(0, 1)
        let later: [Change] = [
            .start(job: name("a"), worker: name("w")), .store(job: name("a"), rows),
            .announce(job: name("a"), rows: rows.rows, noticesOnly: false), .countLoss(jobs: [name("a")]),
            .finish(job: name("a"), .cancelled(reason: "late")),
        ]
        for outcome in try journal.commit(later, at: .at(9)) { #expect(outcome.isDone) }
        #expect(try journal.job(name("a")) == job)
        #expect(try journal.head() == head)
    }

    @Test func changesOfAJobThatIsNotKnownAreDone() throws {
        let journal = try scratch.open()
        let outcomes = try journal.commit(
            [.start(job: name("nobody"), worker: name("w")), .countLoss(jobs: [name("nobody")])], at: .at(0))
        for outcome in outcomes { #expect(outcome.isDone) }
        #expect(try journal.head().lastSeq == 0)
    }

    @Test func lossesAndErrorsAreKept() throws {
        let journal = try scratch.open()
        let error = ServiceError(.lost, "three workers died", field: "texts", file: "f", line: 3)
        _ = try journal.commit(
            [
                .accept(record("a"), frame: []), .accept(record("b"), frame: []),
                .countLoss(jobs: [name("a"), name("b"), name("a")]),
                .finish(job: name("b"), .dead(error, lostWorkers: 3)),
            ], at: .at(0))
        #expect(try journal.job(name("a"))?.lostWorkers == 2)
        #expect(try journal.job(name("b"))?.lostWorkers == 3)
        #expect(try journal.job(name("b"))?.error == error)
    }

    @Test func jobsAreListedNewestFirst() throws {
        let journal = try scratch.open()
        let changes = (0..<6).map { Change.accept(record("j\($0)", group: $0 < 3 ? "x" : "y"), frame: []) }
        _ = try journal.commit(changes, at: .at(0))
        _ = try journal.commit(
            [
                .start(job: name("j1"), worker: name("w")), .finish(job: name("j4"), .cancelled(reason: nil)),
                .finish(job: name("j0"), .succeeded(Usage())),
            ], at: .at(1))
        func ids(_ state: JobState?, _ group: String?, _ limit: Int = 10) throws -> [String] {
            try journal.jobs(state: state, group: group.map(name), limit: limit).map(\.id.string)
        }
        #expect(try ids(nil, nil) == ["j5", "j4", "j3", "j2", "j1", "j0"])
        #expect(try ids(nil, nil, 2) == ["j5", "j4"])
        #expect(try ids(.queued, nil) == ["j5", "j3", "j2"])
        #expect(try ids(.running, "x") == ["j1"])
        #expect(try ids(.cancelled, "y") == ["j4"])
        #expect(try ids(.succeeded, nil) == ["j0"])
        #expect(try ids(.rejected, nil) == [])
        #expect(try ids(nil, "x") == ["j2", "j1", "j0"])
    }
}

/// What a test did not expect.
struct Unexpected: Error, CustomStringConvertible {
    let description: String
    init(_ value: some Sendable) { description = "\(value)" }
}
