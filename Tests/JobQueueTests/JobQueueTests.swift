import JobQueue
import Messages
import TestSupport
import Testing

@Suite struct JobQueueTests {
    @Test func everyRowIsStoredOnceWhateverWorkersDo() throws {
        for seed in 0..<20 as Range<UInt64> {
            var random = Seeded(seed)
            var configuration = JobQueue.Configuration()
            configuration.shard.rows = 5
            configuration.lostWorkersLimit = .max
            var world = QueueWorld(configuration)
            for job in 0..<12 {
                try world.submit("j\(job)", client: "c\(job % 3)", rows: Int.random(in: 1...30, using: &random))
            }
            let workers = ["a", "b"]
            var nonce: UInt64 = 0
            var steps = 0
            while world.endings.count < 12, steps < 5000 {
                steps += 1
                let worker = workers[Int.random(in: 0...1, using: &random)]
                switch Int.random(in: 0..<20, using: &random) {
                case 0:
                    try world.kill(worker)
                    nonce += 1
                    try world.arrive(worker, nonce: nonce)
                case 1: try world.giveBack(worker, .refused, ServiceError(.unknownModel, "not here"))
                case 2:
                    world.now += .seconds(16)
                    try world.perform(world.queue.expire(at: world.now))
                case 3...8: try world.dispatch()
                default: try world.finishOne(worker)
                }
            }
            #expect(world.endings.count == 12, "seed \(seed)")
            #expect(world.endings.values.allSatisfy { if case .succeeded = $0 { true } else { false } })
            #expect(world.queue.leases.isEmpty && world.queue.queuedBytes == 0 && world.queue.queuedTokens == 0)
        }
    }

    @Test func interactiveRowsGoFirstAndNeedNoBulkCredit() throws {
        var world = QueueWorld()
        try world.arrive("w", credit: 50)
        try world.submit("big", rows: 500)
        try world.dispatch()
        let bulkLeases = world.held[Array("w".utf8)]?.count ?? 0
        try world.submit("quick", rows: 1, priority: .interactive)
        try world.dispatch()
        #expect(bulkLeases > 0)
        #expect(world.held[Array("w".utf8)]?.last?.priority == .interactive)
    }

    @Test func clientsTakeTurns() throws {
        var configuration = JobQueue.Configuration()
        configuration.shard.rows = 1
        var world = QueueWorld(configuration)
        for job in 0..<3 { try world.submit("a\(job)", client: "a", rows: 2) }
        try world.submit("b0", client: "b", rows: 2)
        try world.arrive("w", credit: 1000)
        try world.dispatch()
        let order = world.held[Array("w".utf8)]?.map(\.jobID.string) ?? []
        #expect(order == ["a0", "b0", "a0", "b0", "a1", "a1", "a2", "a2"])
    }

    @Test func creditIsNeverExceededByMoreThanOneShard() throws {
        var world = QueueWorld()
        try world.arrive("w", credit: 300)
        for job in 0..<50 { try world.submit("j\(job)", rows: 10) }
        try world.dispatch()
        let leased = world.queue.leases.values.map(\.tokens)
        #expect(leased.reduce(0, +) < 300 + (leased.max() ?? 0))
    }

    @Test func aLateResultIsFencedAndCounted() throws {
        var world = QueueWorld()
        try world.arrive("slow")
        try world.submit("j", rows: 3)
        try world.dispatch()
        let lease = try #require(world.held[Array("slow".utf8)]?.first)
        world.now += .seconds(16)
        try world.beat("slow", naming: [])
        try world.perform(world.queue.expire(at: world.now))
        try world.arrive("other", credit: 1000)
        try world.dispatch()
        try world.finish(lease, by: "slow")
        #expect(world.queue.counters.fenced == 1)
        #expect(world.endings.isEmpty)
        try world.finishOne("other")
        #expect(world.endings.count == 1)
    }

    @Test func aPoisonJobDiesAfterThreeLostWorkersAndOthersLive() throws {
        var world = QueueWorld()
        try world.submit("poison", rows: 1)
        for nonce in 1...4 as ClosedRange<UInt64> {
            try world.arrive("w", nonce: nonce)
            try world.dispatch()
            try world.kill("w")
        }
        guard case .dead(let error, let lost) = world.endings[try Identifier("poison")] else {
            Issue.record("the job did not die: \(world.endings)")
            return
        }
        #expect(lost == 3 && error.code == .lost)
        try world.arrive("w", nonce: 9)
        try world.submit("good", rows: 1)
        try world.dispatch()
        try world.finishOne("w")
        #expect(world.endings.count == 2)
    }

    @Test func theInnocentCompanyOfAPoisonJobSurvives() throws {
        var world = QueueWorld()
        for job in 0..<200 { try world.submit("j\(job)", rows: 1) }
        let poison = try Identifier("j77")
        var nonce: UInt64 = 1
        try world.arrive("w", nonce: nonce, credit: 10_000)
        for _ in 0..<1000 where world.endings.count < 200 {
            try world.dispatch()
            let held = world.held[Array("w".utf8)] ?? []
            if held.contains(where: { $0.jobID == poison }) {
                try world.kill("w")
                nonce += 1
                try world.arrive("w", nonce: nonce, credit: 10_000)
            } else {
                try world.finishOne("w")
            }
        }
        let dead = world.endings.filter { if case .dead = $0.value { true } else { false } }.map(\.key)
        #expect(dead == [poison])
        #expect(world.endings.count == 200)
    }

    @Test func aJobWhoseLostRowsAreFinishedIsNoSuspectAnyMore() throws {
        var world = QueueWorld()
        try world.submit("long", rows: 5000)
        for nonce in 1...10 as ClosedRange<UInt64> {
            try world.arrive("w", nonce: nonce)
            for _ in 0..<4 {
                try world.dispatch()
                while try world.finishOne("w") {}
            }
            try world.dispatch()
            try world.kill("w")
        }
        #expect(world.queue.counters.lostWorkers > 3)
        #expect(!world.endings.values.contains { if case .dead = $0 { true } else { false } })
    }

    @Test func aSuspectAloneOnAWorkerDoesNotStopTheOthers() throws {
        var world = QueueWorld()
        try world.submit("suspect", rows: 400)
        for nonce in 1...2 as ClosedRange<UInt64> {
            try world.arrive("w", nonce: nonce)
            try world.dispatch()
            try world.kill("w")
        }
        try world.arrive("w", nonce: 3)
        for job in 0..<20 { try world.submit("quick\(job)", client: "d", rows: 1, priority: .interactive) }
        for job in 0..<20 { try world.submit("slow\(job)", client: "e", rows: 1, priority: .bulk) }
        for _ in 0..<200 where world.endings.count < 41 {
            try world.dispatch()
            let held = world.held[Array("w".utf8)] ?? []
            let isStrong = world.queue.jobs[try Identifier("suspect")]?.record.suspicion == .strong
            let isHeld = held.contains { $0.jobID.string == "suspect" }
            #expect(!isStrong || !isHeld || held.count == 1)
            try world.finishOne("w")
        }
        #expect(world.endings.count == 41)
    }

    @Test func aJobThatOneWorkerRefusesDoesNotStopItsOtherWork() throws {
        var world = QueueWorld()
        try world.arrive("without", credit: 10)
        try world.submit("refused", client: "c", rows: 1)
        try world.dispatch()
        try world.arrive("busy", credit: 0)
        try world.giveBack("without", .refused, ServiceError(.unknownModel, "not here"))
        try world.submit("other", client: "d", rows: 1, model: 2)
        try world.dispatch()
        #expect(world.held[Array("without".utf8)]?.map(\.jobID.string) == ["other"])
    }

    @Test func aMachineThatSleptLosesNoWorker() throws {
        var world = QueueWorld()
        try world.arrive("w")
        try world.submit("j", rows: 1)
        try world.dispatch()
        world.now += .seconds(3600)
        world.queue.forgive(.seconds(3600))
        try world.perform(world.queue.expire(at: world.now))
        #expect(world.queue.seats.count == 1 && world.queue.leases.count == 1)
    }

    @Test func twoWorkersOfOneNameKillNoJob() throws {
        var world = QueueWorld()
        try world.submit("j", rows: 1)
        for nonce in 1...10 as ClosedRange<UInt64> {
            try world.arrive("w", nonce: nonce)
            try world.dispatch()
        }
        try world.finishOne("w")
        #expect(world.queue.counters.lostWorkers == 0)
    }

    @Test func aWorkerThatReconnectsKeepsTheLeasesItHolds() throws {
        var world = QueueWorld()
        try world.arrive("w", nonce: 7)
        try world.submit("j", rows: 4)
        try world.dispatch()
        let held = try #require(world.held[Array("w".utf8)])
        try world.arrive("w", nonce: 7, held: held.map(\.fence))
        #expect(world.queue.leases.count == held.count)
        try world.finishOne("w")
        #expect(world.endings.count == 1 && world.queue.counters.fenced == 0)
    }

    @Test func aResultFromAConnectionMadeAnewIsKeptUntilTheWorkerSaysWhoItIs() throws {
        var world = QueueWorld()
        try world.arrive("w", nonce: 7)
        try world.submit("j", rows: 4)
        try world.dispatch()
        let lease = try #require(world.held[Array("w".utf8)]?.first)
        try world.finish(lease, by: "elsewhere")
        #expect(world.settled == 0 && world.endings.isEmpty && world.queue.leases.count == 1)
    }

    @Test func cancelEndsAJobOnceAndRevokesItsLeases() throws {
        var world = QueueWorld()
        try world.arrive("w")
        try world.submit("j", rows: 4)
        try world.dispatch()
        let lease = try #require(world.held[Array("w".utf8)]?.first)
        let actions = try #require(world.queue.cancel(try Identifier("j"), reason: "changed my mind"))
        try world.perform(actions)
        #expect(world.revoked == 1)
        try world.finish(lease, by: "w")
        #expect(world.endings == [try Identifier("j"): .cancelled(reason: "changed my mind")])
        #expect(world.queue.cancel(try Identifier("j"), reason: nil) == nil)
    }

    @Test func aJobThatNobodyCanDoWaitsForAWorkerThatCan() throws {
        var world = QueueWorld()
        try world.arrive("without")
        try world.submit("j", rows: 1)
        try world.dispatch()
        try world.giveBack("without", .refused, ServiceError(.unknownModel, "not here"))
        try world.dispatch()
        #expect(world.endings.isEmpty && world.queue.leases.isEmpty)
        try world.arrive("with")
        try world.dispatch()
        try world.finishOne("with")
        #expect(world.endings.count == 1)
    }

    @Test func aResultThatIsNotWhatTheLeaseAskedForFailsTheJob() throws {
        var world = QueueWorld()
        try world.arrive("w")
        try world.submit("j", rows: 4)
        try world.dispatch()
        let lease = try #require(world.held[Array("w".utf8)]?.first)
        var rows = lease.rows
        rows.firstRow += 1
        let finished = Finished(fence: lease.fence, chunks: [rows], usage: Usage(), maxTokens: 512)
        try world.perform(world.queue.finish(finished, tensors: [[]], from: Array("w".utf8)))
        guard case .failed(let error) = world.endings[try Identifier("j")] else {
            Issue.record("the job did not fail: \(world.endings)")
            return
        }
        #expect(error.code == .internal)
    }

    @Test func storedRowsOfAJournalAreNotDoneAgain() throws {
        var world = QueueWorld()
        var job = try QueuedJob.sample("j", client: "c", rows: 10, priority: .bulk)
        let stored = ResultRows(
            firstRow: 4, count: 3, elementType: .float32, shape: [3, 1], digest: Digest(of: []), tokenCounts: [],
            notes: [])
        job = QueuedJob(record: job.record, work: job.work, frameBytes: 1, stored: [stored])
        try world.perform(world.queue.admit(job))
        try world.arrive("w", credit: 1000)
        try world.dispatch()
        let rows = world.held[Array("w".utf8)]?.map { $0.firstRow..<$0.firstRow + $0.work.rowCount }
        #expect(rows == [0..<4, 7..<10])
        while try world.finishOne("w") {}
        #expect(world.announced[try Identifier("j")] == 10)
    }
}
