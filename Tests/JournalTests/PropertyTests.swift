import Foundation
import JobQueue
import Journal
import Messages
import TestSupport
import Testing

@Suite struct PropertyTests {
    /// Whatever is committed, in whatever order and cut into whatever transactions, the journal is what the model is,
    /// and stays it when the journal is opened anew at any point.
    @Test(arguments: 0..<(ProcessInfo.processInfo.environment["BERTD_TEST_ALL"] == nil ? 4 : 100))
    func theJournalIsWhatTheModelIs(seed: Int) throws {
        let scratch = Scratch()
        var random = Seeded(UInt64(seed))
        var journal: Journal? = try scratch.open()
        var model = ModelJournal(logID: try #require(journal?.logID))
        for step in 0..<40 {
            if Int.random(in: 0..<8, using: &random) == 0 {
                journal = nil
                journal = try scratch.open()
            }
            let opened = try #require(journal)
            let before = model
            let changes = Self.changes(&model, step, &random)
            let expected = {
                var model = before; return model.commit(changes, at: .at(step))
            }()
            let outcomes = try opened.commit(changes, at: .at(step))
            #expect(outcomes.count == expected.count)
            for (outcome, expected) in zip(outcomes, expected) { #expect(outcome.isSame(as: expected)) }
        }
        journal = nil
        try Self.compare(try scratch.open(), model)
    }

    /// Up to twenty changes that a queue could want, applied to the model as they are drawn.
    private static func changes(_ model: inout ModelJournal, _ step: Int, _ random: inout Seeded) -> [Change] {
        (0..<Int.random(in: 1...20, using: &random)).map { _ in
            let change = change(model, &random)
            _ = model.commit([change], at: .at(step))
            return change
        }
    }

    private static func change(_ model: ModelJournal, _ random: inout Seeded) -> Change {
        let id = "j\(Int.random(in: 0..<30, using: &random))"
        let frame = [UInt8](repeating: UInt8.random(in: 0..<2, using: &random), count: 3)
        guard let job = model.jobs[name(id)] else {
            var record = record(
                id, group: "g\(id.count)", rows: 20, frame: frame, noticesOnly: Bool.random(using: &random))
            if Int.random(in: 0..<3, using: &random) == 0 {
                record.kind = .evaluate
                record.run = RunRecord(data: [.mini, .mini])
            }
            return .accept(record, frame: frame)
        }
        if job.record.run != nil, let news = news(of: name(id), &random) { return news }
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return .accept(record(id, rows: 20, frame: frame), frame: frame)
        case 1 where Bool.random(using: &random): return .clearLosses(job: name(id))
        case 1: return .countLoss(jobs: [name(id), name("j\(Int.random(in: 0..<40, using: &random))")])
        case 2 where Int.random(in: 0..<3, using: &random) == 0:
            return .finish(job: name(id), ending(&random))
        case 3...5 where job.record.state == .queued: return .start(job: name(id), worker: name("w"))
        case 3...8:
            return .store(job: name(id), chunk(2 * Int.random(in: 0..<10, using: &random), 2))
        default:
            guard let next = job.stored[job.record.announcedRows] else { return .countLoss(jobs: [name(id)]) }
            return .announce(job: name(id), rows: next.rows, noticesOnly: job.record.noticesOnly)
        }
    }

    /// What a run may have to tell; nil as often as not.
    private static func news(of job: Identifier, _ random: inout Seeded) -> Change? {
        let number = Int.random(in: 0..<200, using: &random)
        switch number % 6 {
        case 0: return .tell(job: job, .note("number \(number)"))
        case 1:
            let metric = Metric(name: "f1", value: Double(number))
            return .tell(job: job, .metrics(Metrics(step: number, epoch: 1, set: "dev", metrics: [metric])))
        case 2:
            guard let file = try? ManifestFile(path: "m", size: 1, digest: Digest(of: [UInt8(number)])),
                let manifest = try? Manifest([file])
            else { return nil }
            return .checkpoint(job: job, SavedCheckpoint(manifest: manifest, step: number, isBest: number % 5 == 0))
        case 3 where number < 40: return .finish(job: job, .ran(Usage(rows: number), RunResult()))
        default: return nil
        }
    }

    private static func ending(_ random: inout Seeded) -> Ending {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .succeeded(Usage(rows: 20, tokens: 7, computeTime: .microseconds(1234)))
        case 1: .failed(ServiceError(.invalid, "the text is bad", field: "texts"))
        case 2: .dead(ServiceError(.lost, "workers died"), lostWorkers: 3)
        default: .cancelled(reason: Bool.random(using: &random) ? "enough" : nil)
        }
    }

    private static func compare(_ journal: Journal, _ model: ModelJournal) throws {
        let head = try journal.head()
        #expect(head.firstSeq == 1)
        #expect(head.lastSeq == model.log.count)
        #expect(head.jobs == model.jobs.count)
        #expect(try journal.jobs(state: nil, group: nil, limit: 1000).map(\.id) == model.order.reversed())
        #expect(try allEvents(journal) == model.log)
        for (id, job) in model.jobs {
            #expect(try journal.job(id) == job.record)
            #expect(try journal.events(of: id, after: 0).map(\.event) == job.events.map(replayed))
        }
        var open: [OpenJob] = []
        try journal.eachOpenJob { open.append($0) }
        #expect(open.map(\.record) == model.order.compactMap { model.jobs[$0]?.record }.filter { !$0.state.isTerminal })
        for job in open {
            #expect(Digest(of: job.frame) == job.record.digest)
            let waiting = model.jobs[job.record.id]?.stored.filter { $0.key >= job.record.announcedRows }
            #expect(job.stored == waiting?.sorted { $0.key < $1.key }.map(\.value.rows))
        }
    }
}

func replayed(_ event: Event) -> Event {
    var event = event
    event.isReplayed = true
    return event
}

/// The whole log in pages, without the mark of a replay.
func allEvents(_ journal: Journal, filter: String = "", limit: Int = 7) throws -> [Event] {
    var events: [Event] = []
    var after = 0
    while true {
        let page = try journal.replay(Replay(logID: nil, afterSeq: after, filter: filter, limit: limit))
        events += try page.events().map {
            var event = $0
            #expect(event.isReplayed)
            event.isReplayed = false
            return event
        }
        after = page.nextSeq
        guard page.outcome == .more else { return events }
    }
}
