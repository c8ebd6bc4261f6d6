import Foundation
import JobQueue
import Journal
import Messages
import Testing

/// Figures to look at, from a release build: `BERTD_MEASURE=1 swift test -c release --filter SpeedTests`.
@Suite(
    .enabled(if: ProcessInfo.processInfo.environment["BERTD_MEASURE"] != nil, "measures where BERTD_MEASURE is set"),
    .serialized)
struct SpeedTests {
    let scratch = Scratch()

    @Test(arguments: [(1, 2_000), (16, 20_000), (256, 100_000), (1024, 100_000)])
    func accepts(batch: Int, total: Int) throws {
        let journal = try scratch.open()
        let frame = [UInt8](repeating: 1, count: 1024)
        let changes = (0..<total).map {
            Change.accept(record("job-\($0)-of-the-measurement", frame: frame), frame: frame)
        }
        let batches = stride(from: 0, to: total, by: batch).map { Array(changes[$0..<min(total, $0 + batch)]) }
        try report("accepts, \(batch) a commit", total) {
            for batch in batches { _ = try journal.commit(batch, at: .now) }
        }
        var count = 0
        try report("open jobs read", total) { try journal.eachOpenJob { _ in count += 1 } }
        #expect(count == total)
    }

    /// From accepted to succeeded: one row of 384 values.
    @Test(arguments: [(1, 1_000), (64, 40_000), (256, 40_000)])
    func oneRowJobs(batch: Int, total: Int) throws {
        let journal = try scratch.open()
        let rows = chunk(0, 1, width: 384)
        let frame = [UInt8](repeating: 1, count: 200)
        let ids = (0..<total).map { "job-\($0)-of-the-measurement" }
        for start in stride(from: 0, to: total, by: 1000) {
            let accepted = ids[start..<min(total, start + 1000)].map {
                Change.accept(record($0, frame: frame), frame: frame)
            }
            _ = try journal.commit(accepted, at: .now)
        }
        let changes = ids.map { id -> [Change] in
            [
                .start(job: name(id), worker: name("worker")), .store(job: name(id), rows),
                .announce(job: name(id), rows: rows.rows, noticesOnly: false),
                .finish(job: name(id), .succeeded(rows.usage)),
            ]
        }
        let batches = stride(from: 0, to: total, by: batch).map { changes[$0..<min(total, $0 + batch)].flatMap(\.self) }
        try report("one-row jobs finished, \(batch) a commit", total) {
            for batch in batches { _ = try journal.commit(batch, at: .now) }
        }
        var events = 0
        try report("events replayed", 4 * total) { events = try allEvents(journal, limit: 1000).count }
        #expect(events == 4 * total)
        print("  \(journal.fileBytes / total) bytes of disk a job")
        var steps = 0
        try report("jobs pruned", total) {
            while try journal.prune(at: .now.advanced(by: .seconds(40 * 86_400))) { steps += 1 }
        }
        print("  \(steps) steps, \(journal.fileBytes) bytes of disk left")
    }

    private func report(_ what: String, _ count: Int, _ body: () throws -> Void) throws {
        let time = try ContinuousClock().measure(body)
        print("\(what): \(Int(Double(count) / (time / .seconds(1)))) a second")
    }
}
