import JobQueue
import Messages
import TestSupport
import Testing

/// Runs that their workers fail are tried elsewhere, and a sick worker cannot burn a queue.
struct FailureTests {
    private let full = ServiceError(.storageFull, "no space is left")

    private func jobs(heldBy worker: String, in world: QueueWorld) -> [String] {
        world.held[Array(worker.utf8), default: []].map(\.jobID.string)
    }

    private func isBarred(_ worker: String, in world: QueueWorld) -> Bool {
        world.queue.seats[Array(worker.utf8)]?.isBarred ?? false
    }

    /// - Parameter workers: that train
    private func world(of workers: [String], runs: Int) throws -> QueueWorld {
        var world = QueueWorld()
        for worker in workers { try world.arrive(worker, as: .training) }
        for run in 0..<runs { try world.submitRun("r\(run)") }
        return world
    }

    @Test func aFailedRunWaitsForAnotherWorker() throws {
        var world = try world(of: ["t", "u"], runs: 2)
        try world.dispatch()
        let failed = try #require(jobs(heldBy: "t", in: world).first)
        try world.giveBack("t", .failed, full)
        try world.dispatch()
        #expect(jobs(heldBy: "t", in: world).isEmpty, "the other one can take it later")
        #expect(world.failedTries == [try Identifier(failed): 1])
        #expect(world.told == [.note("the worker 't' failed it (storage_full: no space is left); it is tried again")])
        try world.submitRun("next")
        try world.dispatch()
        #expect(jobs(heldBy: "t", in: world) == ["next"], "it holds nothing up")
        try world.finishOne("u")
        try world.dispatch()
        #expect(jobs(heldBy: "u", in: world) == [failed])
        try world.finishOne("u")
        #expect(world.endings[try Identifier(failed)] == .ran(.rows(1), RunResult()))
    }

    @Test func whereThereIsNoOtherTheSameOneTriesUntilTheRunHasFailed() throws {
        var world = try world(of: ["t"], runs: 1)
        for attempt in 1...3 {
            try world.dispatch()
            #expect(jobs(heldBy: "t", in: world) == ["r0"], "attempt \(attempt)")
            try world.giveBack("t", .failed, full)
        }
        #expect(world.endings == [try Identifier("r0"): .failed(full)])
        #expect(!isBarred("t", in: world), "one job alone may be to blame")
    }

    @Test func theOtherOneMayGo() throws {
        var world = try world(of: ["t", "u"], runs: 2)
        try world.dispatch()
        let failed = jobs(heldBy: "t", in: world)
        try world.giveBack("t", .failed, full)
        try world.kill("u")
        try world.finishOne("t")
        try world.dispatch()
        try world.finishOne("t")
        try world.dispatch()
        #expect(world.endings.count + jobs(heldBy: "t", in: world).count == 2)
        try world.finishOne("t")
        #expect(world.endings[try Identifier(failed[0])] == .ran(.rows(1), RunResult()))
    }

    /// Whatever the order in which they fail and finish.
    @Test(arguments: 0..<10 as Range<UInt64>) func aSickWorkerCostsThreeAttempts(seed: UInt64) throws {
        var random = Seeded(seed)
        var world = try world(of: ["sick", "well"], runs: 20)
        var failures = 0
        var steps = 0
        while world.endings.count < 20, steps < 2000 {
            steps += 1
            try world.dispatch()
            if Bool.random(using: &random), !jobs(heldBy: "sick", in: world).isEmpty {
                failures += 1
                try world.giveBack("sick", .failed, ServiceError(.internal, "the disk is read-only"))
            } else if Int.random(in: 0..<4, using: &random) == 0 {
                try world.finishOne("well")
            }
        }
        #expect(failures == 3, "seed \(seed)")
        #expect(isBarred("sick", in: world) && !isBarred("well", in: world))
        #expect(world.endings.values.allSatisfy { $0 == .ran(.rows(1), RunResult()) } && world.endings.count == 20)
        #expect(world.failedTries.values.allSatisfy { $0 == 0 }, "none of it counts: \(world.failedTries)")
        #expect(world.workerEvents.last { $0.state == .barred }?.workerID.string == "sick")
    }

    @Test func aloneItIsBarredUntilItIsStartedAnew() throws {
        var world = try world(of: ["t"], runs: 5)
        for _ in 0..<3 {
            try world.dispatch()
            try world.giveBack("t", .failed, full)
        }
        try world.dispatch()
        #expect(isBarred("t", in: world) && jobs(heldBy: "t", in: world).isEmpty && world.endings.isEmpty)
        // The same process, which lost its connection.
        try world.arrive("t", as: .training)
        try world.dispatch()
        #expect(isBarred("t", in: world) && jobs(heldBy: "t", in: world).isEmpty)
        // Its broker had to begin again from the journal.
        world.queue = JobQueue(successorOf: world.queue)
        for run in 0..<5 { try world.submitRun("r\(run)") }
        try world.arrive("t", as: .training)
        #expect(isBarred("t", in: world))
        try world.arrive("t", as: .training, nonce: 2)
        for _ in 0..<5 {
            try world.dispatch()
            try world.finishOne("t")
        }
        #expect(world.endings.count == 5)
    }

    @Test func aRunThatSucceedsBetweenClearsAWorker() throws {
        var world = try world(of: ["t", "u"], runs: 40)
        var count = 0
        while world.endings.count < 40, count < 200 {
            count += 1
            try world.dispatch()
            if count % 3 == 0 { try world.finishOne("t") } else { try world.giveBack("t", .failed, full) }
            try world.finishOne("u")
            #expect(!isBarred("t", in: world))
        }
        #expect(world.endings.count == 40)
    }

    @Test(arguments: [ErrorCode.invalid, .diverged, .damaged, .unknownData])
    func whatIsTheJobsOwnFaultEndsItAtOnce(code: ErrorCode) throws {
        var world = try world(of: ["t", "u"], runs: 4)
        for _ in 0..<4 {
            try world.dispatch()
            try world.giveBack("t", .failed, ServiceError(code, "so it is"))
            try world.giveBack("u", .failed, ServiceError(code, "so it is"))
        }
        #expect(world.endings.count == 4 && world.failedTries.isEmpty)
        #expect(!isBarred("t", in: world) && !isBarred("u", in: world))
    }

    @Test func aFailureOfRowsFailsTheirJobAsEver() throws {
        var world = QueueWorld()
        try world.arrive("rows")
        try world.submit("embed", rows: 1)
        try world.dispatch()
        try world.giveBack("rows", .failed, full)
        #expect(world.endings == [try Identifier("embed"): .failed(full)])
    }

    @Test func triesThatWereCountedBeforeARestartCount() throws {
        var world = QueueWorld()
        try world.arrive("t", as: .training)
        var record = try QueuedJob.sample("run", client: "c", rows: 1, priority: .bulk).record
        record.kind = .fineTune
        record.run = RunRecord(data: [])
        record.failedTries = 2
        let work = Work.fineTune(FineTune(model: try ModelReference("m"), task: "mrpc", data: []))
        try world.perform(world.queue.admit(QueuedJob(record: record, work: work, frameBytes: 10)))
        try world.dispatch()
        try world.giveBack("t", .failed, full)
        #expect(world.endings == [record.id: .failed(full)])
    }

    @Test func bulkRunsWaitBehindInteractiveOnes() throws {
        var world = QueueWorld()
        for run in 0..<3 { try world.submitRun("trial\(run)", client: "sweep", priority: .bulk) }
        try world.submitRun("mine")
        try world.arrive("t", as: .training)
        var order: [String] = []
        for _ in 0..<4 {
            try world.dispatch()
            order += jobs(heldBy: "t", in: world)
            try world.finishOne("t")
        }
        #expect(order == ["mine", "trial0", "trial1", "trial2"])
    }
}
