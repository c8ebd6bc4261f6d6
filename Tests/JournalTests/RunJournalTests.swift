import JobQueue
import Journal
import Messages
import Testing

/// What is kept of a run: what it reads, what it told, from where it can go on, and the model it made.
@Suite struct RunJournalTests {
    let scratch = Scratch()

    private func manifest(_ byte: UInt8) throws -> Manifest {
        try Manifest([ManifestFile(path: "model.safetensors", size: 100, digest: Digest(of: [byte]))])
    }

    private func saved(_ step: Int, isBest: Bool = false) throws -> SavedCheckpoint {
        SavedCheckpoint(manifest: try manifest(UInt8(step)), step: step, isBest: isBest)
    }

    /// A training on the data set `d@1`.
    private func run(_ id: String, name: String? = nil, startFrom: Digest? = nil) throws -> JobRecord {
        var record = record(id)
        record.kind = .fineTune
        let data = ModelBinding(reference: try ModelReference("d@1"), digest: Digest(of: [9]))
        record.run = RunRecord(data: [data], name: try name.map { try ModelName($0) }, startFrom: startFrom)
        return record
    }

    private func accept(_ journal: Journal, _ record: JobRecord) throws -> Outcome {
        try #require(try journal.commit([.accept(record, frame: [])], at: .at(0)).first)
    }

    @Test func aRunComesBackAsItIs() throws {
        var journal: Journal? = try scratch.open()
        var expected = try run("a", name: "reviews")
        _ = try journal?.commit([.accept(expected, frame: [])], at: .at(0))
        expected.run?.checkpoint = try saved(7).checkpoint
        let told = try journal?.commit(
            [
                .start(job: name("a"), worker: name("w")),
                .tell(
                    job: name("a"),
                    .survey(Survey(sets: [], maxTokens: 128, totalSteps: 9, peakBytes: 1, machineBytes: 2))),
                .tell(job: name("a"), .note("the last two layers are frozen")),
                .checkpoint(job: name("a"), saved(7)),
            ], at: .at(1))
        #expect(told?.map { $0.event?.jobSeq } == [2, 3, 4, 5])
        expected.state = .running
        expected.startedAt = .at(1)
        journal = nil
        let opened = try scratch.open()
        #expect(try opened.job(name("a")) == expected)
        var open: [JobRecord] = []
        try opened.eachOpenJob { open.append($0.record) }
        #expect(open == [expected])
        let replayed = try allEvents(opened, filter: "v1/group/a/")
        #expect(replayed.compactMap { Topic($0)?.type } == ["survey", "note", "checkpoint"])
    }

    @Test func theModelIsRegisteredWithTheEnd() throws {
        let journal = try scratch.open()
        let old = try journal.register(ModelName("reviews"), manifest(99), at: .at(0))
        let metric = Metric(name: "accuracy", value: 0.9)
        for (id, version) in [("a", 2), ("b", 3)] {
            _ = try accept(journal, run(id, name: "reviews"))
            let result = RunResult(model: try manifest(UInt8(version)), metrics: [metric])
            let outcomes = try journal.commit(
                [.checkpoint(job: name(id), saved(5)), .finish(job: name(id), .ran(Usage(rows: 8), result))], at: .at(1)
            )
            guard case .registered(let model, let event) = outcomes.last, case .succeeded(let end) = event.body else {
                Issue.record("expected a registration, found \(outcomes)")
                return
            }
            #expect(model.version == version)
            #expect(end.model == model.reference)
            #expect(end.metrics == [metric])
            #expect(end.checkpoint == (try saved(5).checkpoint.digest))
            let job = try #require(try journal.job(name(id)))
            #expect(job.run?.result == model.reference)
            #expect(job.state == .succeeded && job.announcedRows == 1)
        }
        #expect(try journal.models(named: ModelName("reviews")).first == old)
    }

    @Test func aRunWithoutANameRegistersNothing() throws {
        let journal = try scratch.open()
        _ = try accept(journal, run("a"))
        let result = RunResult(model: try manifest(3))
        let outcomes = try journal.commit([.finish(job: name("a"), .ran(Usage(), result))], at: .at(1))
        guard case .succeeded(let end) = outcomes.first?.event?.body else {
            Issue.record("expected an end, found \(outcomes)")
            return
        }
        #expect(end.model == nil && end.checkpoint == nil)
        #expect(try journal.models(named: nil).isEmpty)
    }

    @Test func theLastAndTheBestCheckpointAreKept() throws {
        let journal = try scratch.open()
        _ = try accept(journal, run("a"))
        for step in 1...6 {
            _ = try journal.commit(
                [.checkpoint(job: name("a"), saved(step, isBest: step == 2 || step == 3))], at: .at(step))
        }
        #expect(try journal.digestsInUse() == Set([3, 6].flatMap { [try manifest($0).digest, Digest(of: [$0])] }))
        _ = try journal.commit([.finish(job: name("a"), .cancelled(reason: nil))], at: .at(9))
        #expect(try journal.job(name("a"))?.run?.checkpoint?.step == 6)
        var limits = Retention()
        while try journal.prune(at: .at(100), limits) {}
        #expect(try journal.digestsInUse().count == 4)
        limits.resultBytes = 150
        while try journal.prune(at: .at(100), limits) {}
        #expect(try journal.digestsInUse().isEmpty)
    }

    @Test func whatARunBeginsWithIsKeptWhileItIsOpen() throws {
        let journal = try scratch.open()
        _ = try accept(journal, run("a"))
        let beginning = try saved(1).checkpoint.digest
        guard case .refused(let error) = try accept(journal, run("b", startFrom: beginning)) else {
            Issue.record("expected a refusal: there is no such checkpoint yet")
            return
        }
        #expect(error.code == .unknownObject)
        #expect(try journal.job(name("b")) == nil)
        _ = try journal.commit([.checkpoint(job: name("a"), saved(1))], at: .at(1))
        #expect(try accept(journal, run("b", startFrom: beginning)).event != nil)
        _ = try journal.commit(
            [.checkpoint(job: name("a"), saved(2)), .finish(job: name("a"), .cancelled(reason: nil))], at: .at(2))
        while try journal.prune(at: .at(1_000_000), Retention()) {}
        #expect(try journal.digestsInUse().contains(beginning))
        _ = try journal.commit([.finish(job: name("b"), .cancelled(reason: nil))], at: .at(3))
        while try journal.prune(at: .at(1_000_000), Retention()) {}
        #expect(try journal.digestsInUse().isEmpty)
    }

    @Test func checkpointsOfAnEndedRunAreLetGo() throws {
        let journal = try scratch.open()
        #expect(throws: JournalError.unknownJob(name("a"))) { try journal.releaseCheckpoints(of: name("a")) }
        _ = try accept(journal, run("a"))
        for step in [1, 2, 3] {
            _ = try journal.commit([.checkpoint(job: name("a"), saved(step, isBest: step == 2))], at: .at(step))
        }
        #expect(try journal.discardedCheckpoints().map(\.manifest) == [manifest(1)], "neither the last nor the best")
        #expect(throws: JournalError.openJob(name("a"))) { try journal.releaseCheckpoints(of: name("a")) }
        _ = try journal.commit([.finish(job: name("a"), .ran(Usage(), RunResult()))], at: .at(4))
        _ = try accept(journal, run("b", startFrom: saved(3).checkpoint.digest))
        #expect(try journal.releaseCheckpoints(of: name("a")) == 100)
        #expect(try journal.releaseCheckpoints(of: name("a")) == 0, "an open run begins with the other")
        #expect(try journal.digestsInUse() == [manifest(3).digest, Digest(of: [3])])
        _ = try journal.commit([.finish(job: name("b"), .cancelled(reason: nil))], at: .at(5))
        #expect(try journal.releaseCheckpoints(of: name("a")) == 100)
        #expect(try journal.job(name("a"))?.run?.checkpoint == nil)
        #expect(try journal.digestsInUse().isEmpty)
    }

    /// Between the forgetting of a checkpoint and the end of its bytes the process may die.
    @Test func whatIsDiscardedIsToldUntilItIsForgotten() throws {
        var journal: Journal? = try scratch.open()
        _ = try journal?.commit([.accept(run("a"), frame: [])], at: .at(0))
        for step in 1...3 { _ = try journal?.commit([.checkpoint(job: name("a"), saved(step))], at: .at(step)) }
        journal = nil
        let opened = try scratch.open()
        let discarded = try opened.discardedCheckpoints()
        #expect(discarded.map(\.manifest) == [try manifest(1), try manifest(2)])
        try opened.forget(Array(discarded.prefix(1)))
        #expect(try opened.discardedCheckpoints().map(\.manifest) == [manifest(2)])
        _ = try opened.commit([.finish(job: name("a"), .cancelled(reason: nil))], at: .at(4))
        while try opened.prune(at: .at(1_000_000), Retention()) {}
        #expect(try opened.discardedCheckpoints().map(\.manifest) == [manifest(2), manifest(3)])
    }

    @Test func failedTriesAreCountedAcrossRestarts() throws {
        var journal: Journal? = try scratch.open()
        _ = try journal?.commit([.accept(run("a"), frame: []), .setFailedTries(job: name("a"), 2)], at: .at(0))
        journal = nil
        let opened = try scratch.open()
        #expect(try opened.job(name("a"))?.failedTries == 2)
        _ = try opened.commit(
            [.finish(job: name("a"), .cancelled(reason: nil)), .setFailedTries(job: name("a"), 3)], at: .at(1))
        #expect(try opened.job(name("a"))?.failedTries == 2, "it has ended")
    }

    @Test func anAcceptedTrainingTellsWhatItWasAskedFor() throws {
        let journal = try scratch.open()
        let settings = [Setting(name: "learning_rate", value: "2e-5"), Setting(name: "epochs", value: "3")]
        var fineTune = FineTune(
            model: try ModelReference("mini"), task: "mrpc",
            data: [try DataFile(role: "train", data: DataReference("d"))], settings: settings, stopAtStep: 8,
            totalSteps: 90)
        _ = try journal.commit([.accept(try run("a"), frame: []), .checkpoint(job: name("a"), saved(1))], at: .at(0))
        fineTune.startFrom = try saved(1).checkpoint.digest
        let record = try run("b", startFrom: fineTune.startFrom)
        let frame = Command(address: record.address, body: .work(.fineTune(fineTune))).encoded()
        let outcome = try journal.commit([.accept(record, frame: frame)], at: .at(1)).first
        let expected = Accepted(
            rows: 1, model: record.model.reference, settings: settings, startFrom: fineTune.startFrom, stopAtStep: 8,
            totalSteps: 90)
        #expect(outcome?.event?.body == .accepted(expected))
        #expect(try allEvents(journal, filter: "e1/group/b/").map(\.body) == [.accepted(expected)])
        #expect(try journal.acceptance(of: name("b")) == expected)
        _ = try journal.commit([.finish(job: name("b"), .cancelled(reason: nil))], at: .at(2))
        #expect(try journal.acceptance(of: name("b")) == nil)
        #expect(try allEvents(journal, filter: "e1/group/b/").first?.body == .accepted(expected))
    }

    @Test func dataOfOpenRunsStays() throws {
        let journal = try scratch.open()
        _ = try journal.register(ModelName("d"), manifest(9), kind: .data, at: .at(0))
        _ = try journal.register(ModelName("d"), manifest(8), at: .at(0))
        _ = try accept(journal, run("a"))
        let reference = try ModelReference("d@1")
        #expect(throws: JournalError.modelInUse(reference, .data, jobs: 1)) {
            try journal.remove(reference, kind: .data)
        }
        #expect(try journal.remove(reference).map(\.kind) == [.model])
        _ = try journal.commit([.finish(job: name("a"), .cancelled(reason: nil))], at: .at(1))
        #expect(try journal.remove(reference, kind: .data).map(\.kind) == [.data])
        #expect(throws: JournalError.unknownModel(reference, .data)) { try journal.remove(reference, kind: .data) }
    }

    @Test func outcomesComeBackWithTheirRows() throws {
        let journal = try scratch.open()
        var tags = record("a", rows: 4)
        tags.kind = .tagTokens
        _ = try accept(journal, tags)
        let long = String(repeating: "word ", count: 100)
        let outcomes = (0..<4).map { row in
            RowOutcome(spans: [Span(label: "\(row)", text: long, scalars: 0..<500, bytes: 0..<500, score: 1)])
        }
        for first in [0, 2] {
            let rows = ResultRows(
                firstRow: first, count: 2, elementType: .float32, shape: [2, 0], digest: Digest(of: []),
                tokenCounts: [3, 4], outcomes: Array(outcomes[first..<first + 2]))
            let stored = StoredRows(rows: rows, tensor: [], usage: Usage(rows: 2))
            let outcomes = try journal.commit(
                [.store(job: name("a"), stored), .announce(job: name("a"), rows: rows, noticesOnly: first == 2)],
                at: .at(1))
            guard case .result(let told) = outcomes.last?.event?.body else {
                Issue.record("expected a result, found \(outcomes)")
                return
            }
            #expect(told.outcomes.count == (first == 2 ? 0 : 2))
        }
        let all = try #require(try journal.rows(of: name("a"), first: 0, count: 9, maxBytes: 1 << 20))
        #expect(all.rows.outcomes == outcomes)
        #expect(all.tensor.isEmpty && all.rows.shape == [4, 0])
        let page = try #require(try journal.rows(of: name("a"), first: 1, count: 9, maxBytes: 1300))
        #expect(page.rows.outcomes == Array(outcomes[1..<3]))
    }
}
