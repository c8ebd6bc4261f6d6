import Messages
import Tasks
import TestSupport
import Testing
import Worker

@Suite struct SchedulerTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>) func everyRowComesBackOnceInRowOrder(seed: UInt64) throws {
        var generator = Seeded(seed)
        let leases = try Leases.random(count: 40, using: &generator)
        var run = SchedulerRun(batchTokens: 100, seed: seed)
        for lease in leases {
            run.add(lease)
            while Bool.random(using: &generator), run.step() {}
        }
        run.finish()
        #expect(run.scheduler.isEmpty)
        #expect(Set(run.reports.map(\.fence)) == Set(leases.map(\.fence)) && run.reports.count == leases.count)
        for report in run.reports {
            let lease = try #require(leases.first { $0.fence == report.fence })
            try expect(report, isAllOf: lease)
        }
    }

    /// The chunks are the rows of the lease in order, each with its own vector, count and note.
    private func expect(_ report: LeaseReport, isAllOf lease: Lease) throws {
        let finished = try #require(report.finished)
        let options = try EmbeddingOptions(of: lease)
        let rows = lease.texts.map { StubModel.row($0) }
        let bytes = lease.texts.map { StubModel.bytes(of: $0, options) }
        #expect(report.tensors.flatMap(\.self) == bytes.flatMap(\.self))
        #expect(finished.chunks.flatMap(\.tokenCounts) == rows.map { UInt32($0.tokenCount) })
        let notes = rows.enumerated().compactMap { index, row in
            row.note.map { RowNote(row: lease.firstRow + index, status: $0) }
        }
        #expect(finished.chunks.flatMap(\.notes) == notes)
        var next = lease.firstRow
        for (chunk, tensor) in zip(finished.chunks, report.tensors) {
            #expect(chunk.firstRow == next)
            #expect(chunk.tensorByteCount == tensor.count)
            #expect(chunk.digest == Digest(of: tensor))
            next += chunk.count
        }
        #expect(next == lease.firstRow + lease.texts.count)
        #expect(finished.chunks.count == report.tensors.count)
        #expect(finished.maxTokens == StubModel.maxTokens)
        #expect(finished.usage.rows == rows.count)
        #expect(finished.usage.tokens == rows.reduce(0) { $0 + $1.tokenCount })
        #expect(finished.usage.textBytes == lease.texts.reduce(0) { $0 + $1.byteCount })
        #expect(finished.usage.rejectedRows == rows.count(where: \.isRejected))
        #expect(finished.usage.computeTime == .milliseconds(finished.usage.tokens))
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func aMicroBatchKeepsTheBudgetAndOneKindOfRow(seed: UInt64) throws {
        var generator = Seeded(seed)
        var run = SchedulerRun(batchTokens: 80, seed: seed)
        let leases = try Leases.random(count: 60, using: &generator)
        for lease in leases { run.add(lease) }
        run.finish()
        let byFence = Dictionary(uniqueKeysWithValues: leases.map { ($0.fence, $0) })
        for batch in run.batches {
            #expect(batch.tokenCount <= 80 || batch.entries.count == 1)
            #expect(batch.tokenCount == batch.entries.reduce(0) { $0 + $1.sequence.ids.count })
            let kinds = try batch.entries.map { entry in
                let lease = try #require(byFence[entry.place.fence])
                return "\(lease.priority) \(lease.model) \(try EmbeddingOptions(of: lease))"
            }
            #expect(Set(kinds).count == 1)
        }
    }

    @Test func leasesOfOneTextShareAForwardPass() throws {
        var run = SchedulerRun(batchTokens: 100, seed: 1)
        for fence in 1...30 { run.add(try Leases.lease(UInt64(fence), ["12345678"])) }
        run.scheduler.prepareEverything()
        run.finish()
        #expect(run.batches.map(\.entries.count) == [10, 10, 10])
        #expect(run.reports.count == 30)
    }

    @Test func interactiveRowsGoFirst() throws {
        var scheduler = Scheduler(batchTokens: 20)
        _ = scheduler.add(try Leases.lease(1, ["bulk one", "bulk two"]))
        _ = scheduler.add(try Leases.lease(2, ["now"], priority: .interactive))
        scheduler.prepareEverything()
        #expect(scheduler.nextBatch()?.entries.map(\.place.fence.rawValue) == [2])
        #expect(scheduler.nextBatch()?.entries.map(\.place.fence.rawValue) == [1, 1])
    }

    @Test func interactiveTextsAreTokenizedFirst() throws {
        var scheduler = Scheduler(batchTokens: 20)
        let long = Text(String(repeating: "x", count: Scheduler.preparationBytes / 2 + 1))
        _ = scheduler.add(try Leases.lease(1, [long, long]))
        scheduler.loadEverything()
        #expect(scheduler.nextPreparation()?.rows == 0..<1)
        _ = scheduler.add(try Leases.lease(2, ["now"], priority: .interactive))
        #expect(scheduler.nextPreparation()?.fence.rawValue == 2)
        #expect(scheduler.nextPreparation()?.rows == 1..<2)
        #expect(scheduler.nextPreparation() == nil)
    }

    @Test(arguments: 1...10 as ClosedRange<UInt64>)
    func aDroppedLeaseIsNeverReportedAndTheOthersAre(seed: UInt64) throws {
        var generator = Seeded(seed)
        var run = SchedulerRun(batchTokens: 100, seed: seed)
        let leases = try Leases.random(count: 20, using: &generator)
        var dropped: Set<Fence> = []
        for lease in leases {
            run.add(lease)
            while Bool.random(using: &generator), run.step() {}
            guard Bool.random(using: &generator), !run.reports.contains(where: { $0.fence == lease.fence }) else {
                continue
            }
            run.scheduler.drop([lease.fence])
            dropped.insert(lease.fence)
        }
        run.finish()
        #expect(Set(run.reports.map(\.fence)) == Set(leases.map(\.fence)).subtracting(dropped))
        #expect(run.scheduler.isEmpty)
    }

    @Test func whatIsNotStartedGoesBackAndWhatIsFinishes() throws {
        var scheduler = Scheduler(batchTokens: 10)
        for fence in 1...3 { _ = scheduler.add(try Leases.lease(UInt64(fence), ["12345678", "12345678"])) }
        scheduler.prepareEverything()
        let first = scheduler.nextBatch()
        let batch = try #require(first)
        let returned = scheduler.giveBack()
        #expect(returned.map(\.fence.rawValue) == [2, 3])
        #expect(returned.allSatisfy { $0.unfinished?.reason == .returned })
        #expect(scheduler.computed(batch, StubModel.yields(of: batch), in: .zero).isEmpty)
        let second = scheduler.nextBatch()
        let last = try #require(second)
        let reports = scheduler.computed(last, StubModel.yields(of: last), in: .zero)
        #expect(reports.map(\.fence.rawValue) == [1])
        #expect(scheduler.nextBatch() == nil)
    }

    @Test func everythingGoesBackWhenTheGraceIsOver() throws {
        var scheduler = Scheduler(batchTokens: 10)
        _ = scheduler.add(try Leases.lease(1, ["12345678", "12345678"]))
        scheduler.prepareEverything()
        let first = scheduler.nextBatch()
        let batch = try #require(first)
        #expect(scheduler.giveBack().isEmpty)
        #expect(scheduler.giveBack(startedToo: true).map(\.fence.rawValue) == [1])
        #expect(scheduler.computed(batch, StubModel.yields(of: batch), in: .zero).isEmpty)
        #expect(scheduler.isEmpty)
    }

    @Test func aRejectedRowFailsAloneUnlessTheJobIsStrict() throws {
        var run = SchedulerRun(batchTokens: 100, seed: 1)
        run.add(try Leases.lease(1, ["a", StubModel.invalidText], firstRow: 5))
        run.add(try Leases.lease(2, ["a", StubModel.invalidText], firstRow: 5, isStrict: true))
        run.finish()
        let finished = run.reports.compactMap(\.finished)
        #expect(finished.map(\.fence.rawValue) == [1])
        #expect(finished.first?.chunks.first?.shape == [2, 3])
        let failure = try #require(run.reports.compactMap(\.unfinished).first)
        #expect(failure.reason == .failed)
        #expect(failure.error?.code == .invalidUTF8)
        #expect(failure.error?.field == "texts[6]")
    }

    @Test func aLeaseWithNothingToComputeFinishes() throws {
        var run = SchedulerRun(batchTokens: 100, seed: 1)
        run.add(try Leases.lease(1, [StubModel.invalidText]))
        run.add(try Leases.lease(2, [StubModel.invalidText], pooling: "tokens"))
        run.finish()
        #expect(run.batches.isEmpty)
        let shapes = run.reports.compactMap(\.finished).map { [$0.fence.rawValue: $0.chunks.map(\.shape)] }
        #expect(Set(shapes) == [[1: [[1, 3]]], [2: [[0, 3]]]])
    }

    @Test func chunksAreAsLargeAsTheJournalTakesInline() throws {
        var scheduler = Scheduler(batchTokens: 1000)
        let width = Limits.inlineResultBytes / 4 / 3
        _ = scheduler.add(try Leases.lease(1, Array(repeating: "a", count: 7)))
        scheduler.prepareEverything(width: width)
        let first = scheduler.nextBatch()
        let batch = try #require(first)
        let report = scheduler.computed(batch, StubModel.yields(of: batch, width: width), in: .zero)[0]
        #expect(report.finished?.chunks.map(\.count) == [3, 3, 1])
        #expect(report.tensors.allSatisfy { $0.count <= Limits.inlineResultBytes })
    }

    @Test func aModelThatIsNotHereIsRefusedAndAskedForAgain() throws {
        var scheduler = Scheduler(batchTokens: 100)
        for fence in 1...2 { _ = scheduler.add(try Leases.lease(UInt64(fence), ["a"])) }
        #expect(scheduler.nextLoad() == Leases.model)
        #expect(scheduler.nextLoad() == nil)
        let failure = LeaseFailure(.refused, ServiceError(.unknownModel, "not here"))
        let reports = scheduler.failedToLoad(Leases.model, failure)
        #expect(reports.map(\.fence.rawValue) == [1, 2])
        #expect(reports.allSatisfy { $0.unfinished?.reason == .refused })
        _ = scheduler.add(try Leases.lease(3, ["a"]))
        #expect(scheduler.nextLoad() == Leases.model)
    }

    @Test func optionsThatNobodyKnowsFail() throws {
        var scheduler = Scheduler(batchTokens: 100)
        let report = scheduler.add(try Leases.lease(1, ["a"], pooling: "median"))
        #expect(report?.unfinished?.reason == .failed)
        #expect(report?.unfinished?.error?.field == "pooling")
        #expect(scheduler.isEmpty)
        #expect(scheduler.nextLoad() == nil)
    }

    @Test func theModelUnusedForLongestLeavesAFullShelf() throws {
        var scheduler = Scheduler(batchTokens: 100)
        let digests = (0...8).map { Digest(of: [UInt8($0)]) }
        for (number, digest) in digests.enumerated() {
            _ = scheduler.add(try Leases.lease(UInt64(number), ["a"], model: digest))
            if number == 8 { _ = scheduler.add(try Leases.lease(100, ["a"], model: digests[0])) }
            scheduler.loadEverything()
        }
        #expect(Set(scheduler.models) == Set(digests).subtracting([digests[1]]))
    }
}

extension Scheduler {
    fileprivate mutating func loadEverything(width: Int = 3) {
        while let digest = nextLoad() { loaded(digest, StubModel.make(width: width)) }
    }

    fileprivate mutating func prepareEverything(width: Int = 3) {
        loadEverything(width: width)
        while let preparation = nextPreparation() {
            _ = prepared(preparation.fence, rows: preparation.rows, StubModel.prepare(preparation, width: width))
        }
    }
}
