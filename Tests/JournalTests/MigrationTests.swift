import Foundation
import GRDB
import JobQueue
import Journal
import Messages
import TestSupport
import Testing

/// A state folder of every released version opens, with all that is in it.
@Suite struct MigrationTests {
    let scratch = Scratch()

    /// Writes the database that a dump describes.
    private func restore(_ dump: String) throws {
        let file = SharedData.repository.appending(path: "Tests/JournalTests/\(dump)")
        try FileManager.default.createDirectory(at: scratch.folder, withIntermediateDirectories: true)
        let database = try DatabaseQueue(path: scratch.folder.appending(path: "journal.sqlite").path)
        let sql = try String(contentsOf: file, encoding: .utf8)
        try database.writeWithoutTransaction { db in try db.execute(sql: sql) }
        try database.close()
    }

    @Test func aJournalOfVersionOneOpensWithItsJobsEventsAndModels() throws {
        try restore("version1.sql")
        let journal = try scratch.open()
        #expect(journal.boot == 3)
        let jobs = try journal.jobs(state: nil, group: nil, limit: 10)
        #expect(jobs.map(\.state) == [.queued, .succeeded])
        for job in jobs {
            #expect(job.kind == .embed)
            #expect(job.run == nil)
        }
        #expect(try allEvents(journal).count == 5)
        let rows = try #require(try journal.rows(of: jobs[1].id, first: 0, count: 9, maxBytes: 1 << 20))
        #expect(rows.rows.shape == [2, 384])
        #expect(rows.rows.outcomes.isEmpty)
        #expect(try journal.models(named: nil).map(\.reference.description) == ["minilm@1"])
        #expect(try journal.models(named: nil, kind: .data).isEmpty)
        var open: [String] = []
        try journal.eachOpenJob { job in
            guard case .command(let command) = Command.decode(job.frame), case .work(let work) = command.body else {
                return
            }
            open.append("\(work.kind) \(work.rowCount)")
        }
        #expect(open == ["embed 2"])
        let end = try journal.commit([.finish(job: jobs[0].id, .cancelled(reason: nil))], at: .at(0))
        #expect(end.first?.event?.seq == 6)
    }

    @Test func aJournalOfVersionTwoOpensWithItsRunsAndLetsTheirCheckpointsGo() throws {
        try restore("version2.sql")
        let journal = try scratch.open()
        let jobs = try journal.jobs(state: nil, group: nil, limit: 10)
        #expect(jobs.map(\.state) == [.running, .succeeded])
        #expect(jobs.map(\.kind) == [.fineTune, .fineTune] && jobs.allSatisfy { $0.failedTries == 0 })
        #expect(jobs.map { $0.run?.checkpoint?.step } == [10, 2])
        #expect(jobs[1].run?.result?.description == "toy@1")
        #expect(try journal.acceptance(of: jobs[0].id)?.settings.first?.name == "epochs")
        #expect(try journal.models(named: nil, kind: .sweep).isEmpty)
        #expect(try journal.discardedCheckpoints().isEmpty)
        #expect(try journal.releaseCheckpoints(of: jobs[1].id) > 0)
        #expect(try journal.discardedCheckpoints().count == 1)
        let end = try journal.commit(
            [.setFailedTries(job: jobs[0].id, 1), .finish(job: jobs[0].id, .cancelled(reason: nil))], at: .at(0))
        #expect(end.last?.event?.seq == 21)
        #expect(try journal.job(jobs[0].id)?.failedTries == 1)
    }
}
