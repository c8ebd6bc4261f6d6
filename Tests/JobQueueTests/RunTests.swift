import JobQueue
import Messages
import TestSupport
import Testing

/// Runs are done whole, by training workers alone, one at a time, and go on from where they were saved.
struct RunTests {
    private let job: Identifier

    init() throws { job = try Identifier("run") }

    private func saved(_ step: Int) throws -> SavedCheckpoint {
        let file = try ManifestFile(path: "model", size: 1, digest: Digest(of: [UInt8(step)]))
        return SavedCheckpoint(manifest: try Manifest([file]), step: step, isBest: false)
    }

    private func lease(_ worker: String, in world: QueueWorld) throws -> Lease {
        try #require(world.held[Array(worker.utf8)]?.last)
    }

    private func report(_ body: RunReport.Body, of lease: Lease, by worker: String, to world: inout QueueWorld) throws {
        try world.perform(
            world.queue.report(RunReport(fence: lease.fence, body: body), from: Array(worker.utf8)))
    }

    @Test func runsGoToTrainingWorkersOneAtATime() throws {
        var world = QueueWorld()
        try world.arrive("rows", credit: 10_000)
        try world.arrive("t", as: .training, credit: 10_000)
        for id in ["run", "run2"] { try world.submitRun(id) }
        try world.submit("embed", rows: 5)
        try world.dispatch()
        #expect(world.held[Array("rows".utf8)]?.map(\.work.kind) == [.embed])
        #expect(world.held[Array("t".utf8)]?.map(\.jobID.string) == ["run"])
        #expect(world.queue.hasJobs(for: .training))
        let run = try lease("t", in: world)
        let finished = Finished(fence: run.fence, chunks: [], usage: .rows(9), maxTokens: 0, run: RunResult())
        world.held[Array("t".utf8)] = []
        try world.perform(world.queue.finish(finished, tensors: [], from: Array("t".utf8)))
        #expect(world.endings[job] == .ran(.rows(9), RunResult()))
        try world.dispatch()
        #expect(world.held[Array("t".utf8)]?.map(\.jobID.string) == ["run2"])
    }

    /// Whatever workers of both classes do, every run ends once, every row is stored once, and no training worker ever
    /// holds two runs.
    @Test(arguments: 0..<10 as Range<UInt64>)
    func runsAndRowsDoNotDisturbEachOther(seed: UInt64) throws {
        var random = Seeded(seed)
        var configuration = JobQueue.Configuration()
        configuration.shard.rows = 5
        configuration.lostWorkersLimit = .max
        var world = QueueWorld(configuration)
        for job in 0..<6 {
            try world.submit("j\(job)", client: "c\(job % 2)", rows: Int.random(in: 1...20, using: &random))
            try world.submitRun("r\(job)", client: "c\(job % 2)")
        }
        let workers = ["rows", "t", "u"]
        var nonce: UInt64 = 0
        var steps = 0
        while world.endings.count < 12, steps < 5000 {
            steps += 1
            let worker = workers[Int.random(in: 0..<3, using: &random)]
            switch Int.random(in: 0..<16, using: &random) {
            case 0:
                try world.kill(worker)
                nonce += 1
                try world.arrive(worker, as: worker == "rows" ? .inference : .training, nonce: nonce)
            case 1:
                world.now += .seconds(16)
                try world.perform(world.queue.expire(at: world.now))
            case 2...4:
                guard let lease = world.held[Array(worker.utf8)]?.last else { continue }
                try report(.checkpoint(number: steps, saved(steps % 250)), of: lease, by: worker, to: &world)
            case 5...9: try world.dispatch()
            default: try world.finishOne(worker)
            }
            for seat in world.queue.seats.values where seat.hello.workerClass == .training {
                #expect(seat.fences.count <= 1)
            }
        }
        #expect(world.endings.count == 12, "seed \(seed)")
        #expect(world.endings.filter { if case .ran = $0.value { true } else { false } }.count == 6)
        #expect(world.queue.leases.isEmpty && world.queue.queuedBytes == 0 && !world.queue.hasJobs(for: .training))
    }

    @Test func runsThatNobodyCanDoHoldNothingUp() throws {
        var world = QueueWorld()
        for number in 0..<200 { try world.submitRun("run\(number)") }
        try world.arrive("rows")
        try world.submit("embed", rows: 1, priority: .interactive)
        try world.dispatch()
        #expect(world.held[Array("rows".utf8)]?.count == 1)
        try world.arrive("t", as: .training)
        try world.dispatch()
        #expect(world.held[Array("t".utf8)]?.count == 1)
    }

    @Test func aLostRunGoesOnFromItsLastCheckpoint() throws {
        var world = QueueWorld()
        try world.arrive("t", as: .training)
        try world.submitRun("run")
        try world.dispatch()
        #expect(try lease("t", in: world).resumeFrom == nil)
        let first = try lease("t", in: world)
        try report(.checkpoint(number: 1, saved(10)), of: first, by: "t", to: &world)
        try world.kill("t")
        try world.arrive("u", as: .training)
        try world.dispatch()
        #expect(try lease("u", in: world).resumeFrom == saved(10).manifest.digest)
        // Late, of a lease that is another's now.
        try report(.checkpoint(number: 2, saved(11)), of: first, by: "u", to: &world)
        #expect(world.checkpoints == [try saved(10)])
        #expect(world.queue.counters.fenced == 1)
    }

    @Test func aNewCheckpointClearsTheLossesBeforeIt() throws {
        var world = QueueWorld()
        try world.submitRun("run")
        for step in 1...8 {
            try world.arrive("t\(step)", as: .training)
            try world.dispatch()
            try report(
                .checkpoint(number: 1, saved(step)), of: lease("t\(step)", in: world), by: "t\(step)", to: &world)
            try world.kill("t\(step)")
        }
        #expect(world.endings.isEmpty)
        #expect(world.clearedLosses == 7)
        // The same step again is no progress.
        for name in ["x", "y"] {
            try world.arrive(name, as: .training)
            try world.dispatch()
            try report(.checkpoint(number: 1, saved(8)), of: lease(name, in: world), by: name, to: &world)
            try world.kill(name)
        }
        guard case .dead(_, lostWorkers: 3) = world.endings[job] else {
            Issue.record("expected a dead job, found \(world.endings)")
            return
        }
    }

    @Test func aReportIsTakenOnceAndAlwaysAnswered() throws {
        var world = QueueWorld()
        try world.arrive("t", as: .training)
        try world.submitRun("run")
        try world.dispatch()
        let lease = try lease("t", in: world)
        try report(.note(number: 1, "one"), of: lease, by: "t", to: &world)
        try report(.progress(TrainingProgress(step: 1, totalSteps: 2)), of: lease, by: "t", to: &world)
        try report(.note(number: 1, "one"), of: lease, by: "t", to: &world)
        try report(.note(number: 2, "two"), of: lease, by: "t", to: &world)
        #expect(world.told == [.note("one"), .note("two")])
        #expect(world.recorded == [1, 1, 2])
        #expect(world.progress.map(\.step) == [1])
    }

    @Test func aCancelledRunIsRevoked() throws {
        var world = QueueWorld()
        try world.arrive("t", as: .training)
        try world.submitRun("run")
        try world.dispatch()
        let lease = try lease("t", in: world)
        let actions = world.queue.cancel(job, reason: nil)
        try world.perform(#require(actions))
        #expect(world.revoked == 1)
        #expect(!world.queue.hasJobs(for: .training))
        try report(.note(number: 1, "late"), of: lease, by: "t", to: &world)
        #expect(world.told.isEmpty && world.revoked == 2)
    }

    @Test func aRunThatIsGivenBackWaitsForAnother() throws {
        var world = QueueWorld()
        try world.arrive("t", as: .training)
        try world.submitRun("run")
        try world.dispatch()
        try report(.checkpoint(number: 1, saved(3)), of: lease("t", in: world), by: "t", to: &world)
        try world.giveBack("t", .returned, ServiceError(.shuttingDown, "leaving"))
        try world.dispatch()
        #expect(world.held[Array("t".utf8)]?.isEmpty == true)
        try world.arrive("u", as: .training)
        try world.dispatch()
        #expect(try lease("u", in: world).resumeFrom == saved(3).manifest.digest)
        #expect(world.queue.jobs[job]?.record.lostWorkers == 0)
    }

    @Test(arguments: [true, false])
    func whatIsNoEndOfARunFailsIt(isRun: Bool) throws {
        var world = QueueWorld()
        try world.arrive("t", as: isRun ? .training : .inference)
        if isRun { try world.submitRun("run") } else { try world.submit("run", rows: 1) }
        try world.dispatch()
        let lease = try lease("t", in: world)
        let finished = Finished(
            fence: lease.fence, chunks: isRun ? [lease.rows] : [], usage: Usage(), maxTokens: 0, run: RunResult())
        try world.perform(world.queue.finish(finished, tensors: [], from: Array("t".utf8)))
        guard case .failed(let error) = world.endings[job] else {
            Issue.record("expected a failed job, found \(world.endings)")
            return
        }
        #expect(error.code == .internal)
    }
}
