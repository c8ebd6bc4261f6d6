import JobQueue
import Journal
import Messages
import Testing

@Suite struct ReplayTests {
    let scratch = Scratch()
    let journal: Journal

    init() throws {
        journal = try scratch.open()
        let changes = (0..<6).flatMap { number -> [Change] in
            let id = "j\(number)"
            let rows = chunk(0, 1)
            return [
                .accept(record(id, group: number < 3 ? "x" : "xy", noticesOnly: number == 1), frame: []),
                .store(job: name(id), rows),
                .announce(job: name(id), rows: rows.rows, noticesOnly: number == 1),
            ]
        }
        _ = try journal.commit(changes, at: .at(0))
    }

    private func replay(_ after: Int, logID: UInt64? = nil, filter: String = "", limit: Int = 1000) throws -> EventsPage
    {
        try journal.replay(Replay(logID: logID, afterSeq: after, filter: filter, limit: limit))
    }

    @Test func aPageGoesOnWhereTheLastEnded() throws {
        let first = try replay(0, logID: journal.logID, limit: 5)
        #expect(first.outcome == .more)
        #expect(first.nextSeq == 5)
        #expect(try first.events().compactMap(\.seq) == [1, 2, 3, 4, 5])
        let second = try replay(5, limit: 100)
        #expect(second.outcome == .upToDate)
        #expect(second.nextSeq == 12)
        #expect(try second.events().compactMap(\.seq) == Array(6...12))
        #expect(try replay(12).outcome == .upToDate)
        #expect(try replay(12).frames.isEmpty)
    }

    @Test(arguments: [
        ("", 12), ("e1/", 6), ("r1/", 6), ("e1/x/", 3), ("e1/xy/", 3), ("e1/x", 6), ("r1/x/j1/", 1),
        ("r1/x/j1/result", 1),
        ("r1/x/j1/started", 0), ("r1/xy/j1/", 0), ("r1/x/nobody/", 0), ("r1/x/j", 3), ("w1/", 0), ("/////", 0),
        ("é/ü//", 0),
    ])
    func aFilterIsATopicPrefix(filter: String, count: Int) throws {
        #expect(try allEvents(journal, filter: filter, limit: 2).count == count)
    }

    @Test func anotherLogIsTold() throws {
        #expect(try replay(3, logID: journal.logID ^ 1).outcome == .logChanged)
        #expect(try replay(13).outcome == .logChanged)
    }

    @Test func whatRetentionDroppedIsExpired() throws {
        while try journal.prune(at: .at(8 * 86_400)) {}
        let page = try replay(3)
        #expect(page.outcome == .expired)
        #expect(page.firstSeq == 13)
        #expect(page.nextSeq == 12)
        #expect(try replay(12).outcome == .upToDate)
    }

    @Test func aJobIsToldAgainWithItsTensors() throws {
        let events = try journal.events(of: name("j0"), after: 0)
        #expect(events.map(\.event.seq) == [1, 2])
        #expect(events.map(\.event.isReplayed) == [true, true])
        #expect(events.map(\.tensor) == [nil, chunk(0, 1).tensor])
        #expect(try journal.events(of: name("j0"), after: 2).isEmpty)
        #expect(try journal.events(of: name("j1"), after: 0).map(\.tensor) == [nil, nil])
        #expect(try journal.events(of: name("nobody"), after: 0).isEmpty)
    }

    @Test func readersSeeASnapshotWhileOthersCommit() async throws {
        try await withThrowingTaskGroup(of: Void.self) { [journal] group in
            group.addTask {
                for step in 0..<50 {
                    let changes = (0..<3).map { Change.accept(record("n\(step).\($0)"), frame: []) }
                    _ = try journal.commit(changes, at: .at(step))
                }
            }
            for _ in 0..<3 {
                group.addTask {
                    for _ in 0..<30 {
                        let page = try journal.replay(Replay(logID: nil, afterSeq: 12, filter: "", limit: 1000))
                        #expect(page.frames.count % 3 == 0)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try journal.head().lastSeq == 162)
    }
}
