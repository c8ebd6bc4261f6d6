import JobQueue
import Journal
import Messages
import TestSupport
import Testing

@Suite struct RowsTests {
    let scratch = Scratch()

    private func journal(_ chunks: [StoredRows], rows: Int = 20, perToken: Bool = false) throws -> Journal {
        let journal = try scratch.open()
        let stored = chunks.map { Change.store(job: name("a"), $0) }
        _ = try journal.commit(
            [.accept(record("a", rows: rows, perToken: perToken), frame: [1, 2, 3])] + stored, at: .at(0))
        return journal
    }

    /// Any range of a result is the same bytes, however it was cut into chunks and whatever a page may hold.
    @Test(arguments: [1, 8, 20, 1000])
    func anyRangeIsCutOutOfAnyChunks(maxBytes: Int) throws {
        let chunks = [chunk(0, 3), chunk(3, 1), chunk(4, 6), chunk(10, 2)]
        let whole = chunks.flatMap(\.tensor)
        let journal = try journal(chunks)
        for first in 0..<12 {
            for count in 1...13 {
                let page = try #require(
                    try journal.rows(of: name("a"), first: first, count: count, maxBytes: maxBytes))
                let expected = max(1, min(count, 12 - first, maxBytes / 8))
                #expect(page.rows.firstRow == first)
                #expect(page.rows.count == expected)
                #expect(page.rows.shape == [expected, 2])
                #expect(page.rows.tokenCounts.count == expected)
                #expect(page.tensor == Array(whole[first * 8..<(first + expected) * 8]))
                #expect(page.rows.digest == Digest(of: page.tensor))
            }
        }
    }

    @Test func tokenVectorsAreCutByTokenCounts() throws {
        let counts: [UInt32] = [3, 0, 2, 4, 1]
        let chunks = [
            chunk(
                0, 3, tokens: [3, 0, 2], notes: [RowNote(row: 1, status: .rejected(ServiceError(.invalid, "bad")))]),
            chunk(3, 2, tokens: [4, 1]),
        ]
        let whole = chunks.flatMap(\.tensor)
        let journal = try journal(chunks, perToken: true)
        for first in 0..<5 {
            for count in 1...5 {
                let page = try #require(try journal.rows(of: name("a"), first: first, count: count, maxBytes: 4096))
                let end = min(5, first + count)
                let before = counts.prefix(first).reduce(0) { $0 + Int($1) }
                let vectors = counts[first..<end].reduce(0) { $0 + Int($1) }
                #expect(page.rows.count == end - first)
                #expect(page.rows.shape == [vectors, 2])
                #expect(page.rows.tokenCounts == Array(counts[first..<end]))
                #expect(page.tensor == Array(whole[before * 8..<(before + vectors) * 8]))
                #expect(page.rows.notes.map(\.row) == (first <= 1 && end > 1 ? [1] : []))
            }
        }
    }

    /// Two rows of [0, 2] tokens in two vectors: the job tells whether a vector belongs to a row or to a token.
    @Test(arguments: [(false, 1), (true, 2)])
    func theSameShapeIsCutAsTheJobSays(perToken: Bool, vectors: Int) throws {
        let journal = try journal([chunk(0, 2, tokens: [0, 2])], perToken: perToken)
        let page = try #require(try journal.rows(of: name("a"), first: 1, count: 1, maxBytes: 4096))
        #expect(page.rows.shape == [vectors, 2])
    }

    @Test func aPageEndsBeforeAMissingRow() throws {
        let journal = try journal([chunk(0, 3), chunk(5, 2)])
        #expect(try journal.rows(of: name("a"), first: 1, count: 10, maxBytes: 4096)?.rows.count == 2)
        #expect(try journal.rows(of: name("a"), first: 3, count: 10, maxBytes: 4096) == nil)
        #expect(try journal.rows(of: name("a"), first: 5, count: 10, maxBytes: 4096)?.rows.count == 2)
        #expect(try journal.rows(of: name("a"), first: 7, count: 1, maxBytes: 4096) == nil)
        #expect(try journal.rows(of: name("b"), first: 0, count: 1, maxBytes: 4096) == nil)
    }

    @Test func aLargeTensorIsAnObjectOfTheStore() throws {
        let large = chunk(0, 3, width: Limits.inlineResultBytes / 8)
        let journal = try journal([large])
        let outcomes = try journal.commit(
            [.announce(job: name("a"), rows: large.rows, noticesOnly: false)], at: .at(1))
        #expect(outcomes[0].event?.body == .result(large.rows))
        #expect(outcomes[0].tensor == nil)
        #expect(try journal.digestsInUse() == [Digest(of: large.tensor)])
        let row = large.tensor.count / 3
        let page = try #require(try journal.rows(of: name("a"), first: 1, count: 1, maxBytes: 1))
        #expect(page.tensor == Array(large.tensor[row..<2 * row]))
        #expect(try journal.events(of: name("a"), after: 0).map(\.tensor) == [nil, nil])
    }

    @Test func announcedRowsBringTheirTensorInALaterCommitToo() throws {
        let rows = chunk(0, 2)
        let journal = try journal([rows])
        let outcomes = try journal.commit([.announce(job: name("a"), rows: rows.rows, noticesOnly: false)], at: .at(1))
        #expect(outcomes[0].tensor == rows.tensor)
        #expect(try journal.events(of: name("a"), after: 1).map(\.tensor) == [rows.tensor])
    }

    @Test func rowsThatAreNotStoredAreNotAnnounced() throws {
        let journal = try journal([])
        #expect(throws: JournalError.self) {
            try journal.commit([.announce(job: name("a"), rows: chunk(0, 1).rows, noticesOnly: false)], at: .at(1))
        }
        #expect(try journal.head().lastSeq == 1)
    }
}
