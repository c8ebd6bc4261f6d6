import Foundation
import JobQueue
import Journal
import Messages
import TestSupport
import Testing

@Suite struct CrashTests {
    private static let cuts = ProcessInfo.processInfo.environment["BERTD_TEST_ALL"] == nil ? 24 : 1000

    /// The files as they are when the process is killed, and the write-ahead log cut anywhere, as when the power fails
    /// while it is written: what is found again is whole commits, and more of them the longer the log.
    @Test func anyCutOfTheLogLeavesWholeCommits() throws {
        let scratch = Scratch()
        let journal = try scratch.open()
        var lastSeqs: Set = [0]
        for step in 0..<12 {
            let changes = (0..<5).flatMap { number -> [Change] in
                let id = "j\(step).\(number)"
                let rows = chunk(0, 1, width: 300)
                return [
                    .accept(record(id), frame: [1, 2, 3]), .store(job: name(id), rows),
                    .announce(job: name(id), rows: rows.rows, noticesOnly: false),
                ]
            }
            _ = try journal.commit(changes, at: .at(step))
            lastSeqs.insert(try journal.head().lastSeq)
        }
        let database = try Data(contentsOf: scratch.folder.appending(path: "journal.sqlite"))
        let log = try Data(contentsOf: scratch.folder.appending(path: "journal.sqlite-wal"))
        var random = Seeded(3)
        let lengths = (0..<Self.cuts).map { _ in Int.random(in: 0...log.count, using: &random) } + [0, log.count]
        var found = 0
        for length in lengths.sorted() {
            let last = try Self.lastSeq(database, log.prefix(length))
            #expect(lastSeqs.contains(last))
            #expect(last >= found)
            found = last
        }
        #expect(found == lastSeqs.max())
    }

    /// Opens a copy of the files and looks at all that is in it.
    private static func lastSeq(_ database: Data, _ log: Data) throws -> Int {
        let copy = Scratch()
        try FileManager.default.createDirectory(at: copy.folder, withIntermediateDirectories: true)
        try database.write(to: copy.folder.appending(path: "journal.sqlite"))
        try log.write(to: copy.folder.appending(path: "journal.sqlite-wal"))
        let journal = try copy.open()
        let events = try allEvents(journal, limit: 1000)
        #expect(events.compactMap(\.seq) == Array(1...max(1, events.count)).prefix(events.count).map(\.self))
        try journal.eachOpenJob { job in
            #expect(job.frame == [1, 2, 3])
            #expect(job.record.announcedRows == 1)
        }
        let last = try journal.head().lastSeq
        #expect(last == events.count)
        return last
    }

    @Test func aFullDiskChangesNothingAndIsTold() throws {
        let scratch = Scratch()
        var journal: Journal? = try scratch.open(pageLimit: 250)
        let frame = [UInt8](repeating: 1, count: 20_000)
        var accepted = 0
        #expect(throws: JournalError.storageFull) {
            while accepted < 1000 {
                let changes = (0..<3).map { Change.accept(record("j\(accepted).\($0)", frame: frame), frame: frame) }
                _ = try journal?.commit(changes, at: .at(accepted))
                accepted += 1
            }
        }
        #expect(accepted > 2)
        #expect(try journal?.head().lastSeq == 3 * accepted)
        #expect(try journal?.job(name("j\(accepted).0")) == nil)
        #expect(try journal?.job(name("j\(accepted - 1).2")) != nil)
        journal = nil
        let again = try scratch.open()
        let outcome = try again.commit([.accept(record("more", frame: frame), frame: frame)], at: .at(2000))
        #expect(outcome[0].event?.seq == 3 * accepted + 1)
    }
}
