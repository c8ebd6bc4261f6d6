import JobQueue
import Journal
import Messages
import Testing

@Suite struct RetentionTests {
    let scratch = Scratch()
    let journal: Journal

    init() throws { journal = try scratch.open() }

    /// A job with one chunk of result that ends at `second`.
    private func finish(_ id: String, at second: Int, width: Int = 2, chunks: Int = 1) throws {
        let rows = (0..<chunks).map { chunk($0, 1, width: width) }
        let stored = rows.map { Change.store(job: name(id), $0) }
        _ = try journal.commit(
            [.accept(record(id, rows: chunks, at: .at(second)), frame: [1, 2, 3])] + stored
                + [.finish(job: name(id), .succeeded(Usage()))], at: .at(second))
    }

    private func hasRows(_ id: String) throws -> Bool {
        try journal.rows(of: name(id), first: 0, count: 1, maxBytes: 1) != nil
    }

    private func prune(at second: Int, _ limits: Retention) throws {
        while try journal.prune(at: .at(second), limits) {}
    }

    @Test func oldResultsGoAndTheirJobsStay() throws {
        try finish("a", at: 0)
        try finish("b", at: 100)
        var limits = Retention()
        limits.resultAge = .seconds(150)
        try prune(at: 200, limits)
        #expect(try !hasRows("a"))
        #expect(try hasRows("b"))
        #expect(try journal.job(name("a"))?.state == .succeeded)
        #expect(try journal.head().resultBytes == 8)
    }

    @Test func beyondTheLimitTheOldestResultsGo() throws {
        for (index, id) in ["a", "b", "c"].enumerated() { try finish(id, at: index, width: 250, chunks: 3) }
        var limits = Retention()
        limits.resultBytes = 6000
        try prune(at: 10, limits)
        #expect(try !hasRows("a"))
        #expect(try hasRows("b"))
        #expect(try journal.head().resultBytes == 6000)
    }

    @Test func resultsOfAnOpenJobStay() throws {
        let rows = chunk(0, 1)
        _ = try journal.commit(
            [.accept(record("a", rows: 2), frame: []), .store(job: name("a"), rows)], at: .at(0))
        var limits = Retention()
        limits.resultBytes = 0
        try prune(at: 40 * 86_400, limits)
        #expect(try hasRows("a"))
        #expect(try journal.job(name("a"))?.state == .queued)
    }

    @Test func oldEventsGoWithoutAGap() throws {
        try finish("a", at: 0)
        try finish("b", at: 100)
        var limits = Retention()
        limits.eventAge = .seconds(150)
        try prune(at: 200, limits)
        #expect(try journal.head().firstSeq == 3)
        #expect(try journal.head().lastSeq == 4)
        #expect(try journal.events(of: name("a"), after: 0).isEmpty)
        #expect(try journal.events(of: name("b"), after: 0).count == 2)
    }

    @Test func oldIdsGoAndMayBeUsedAgain() throws {
        try finish("a", at: 0)
        try finish("b", at: 100)
        var limits = Retention()
        limits.idAge = .seconds(150)
        try prune(at: 200, limits)
        #expect(try journal.job(name("a")) == nil)
        #expect(try journal.job(name("b")) != nil)
        #expect(try journal.head().jobs == 1)
        #expect(try journal.head().firstSeq == 3)
        try finish("a", at: 300)
        #expect(try journal.events(of: name("a"), after: 0).compactMap(\.event.jobSeq) == [1, 2])
    }

    @Test func beyondTheLimitTheOldestIdsGo() throws {
        for (index, id) in ["a", "b", "c"].enumerated() { try finish(id, at: index) }
        var limits = Retention()
        limits.idCount = 1
        try prune(at: 10, limits)
        #expect(try journal.jobs(state: nil, group: nil, limit: 9).map(\.id) == [name("c")])
        #expect(try journal.head().resultBytes == 8)
    }

    @Test func aLogThatIsEmptyGoesOnCounting() throws {
        try finish("a", at: 0)
        while try journal.prune(at: .at(60 * 86_400)) {}
        #expect(try journal.head().firstSeq == 3)
        #expect(try journal.head().lastSeq == 2)
        try finish("b", at: 60 * 86_400)
        #expect(try journal.head().lastSeq == 4)
    }

    @Test func textsGoWithTheEndOfTheirJob() throws {
        _ = try journal.commit([.accept(record("a"), frame: [1, 2, 3])], at: .at(0))
        var frames: [[UInt8]] = []
        try journal.eachOpenJob { frames.append($0.frame) }
        #expect(frames == [[1, 2, 3]])
        _ = try journal.commit([.finish(job: name("a"), .cancelled(reason: nil))], at: .at(1))
        try journal.eachOpenJob { _ in Issue.record("no job is open") }
    }

    @Test func theFileShrinks() throws {
        for number in 0..<3 { try finish("j\(number)", at: number, width: 60_000, chunks: 40) }
        try journal.checkpoint()
        let full = journal.fileBytes
        #expect(full > 28_000_000)
        try prune(at: 2 * 86_400, Retention())
        try journal.checkpoint()
        #expect(journal.fileBytes < 22_000_000)
    }
}
