import Glibc
import Synchronization
import Tensors
import Testing

@Suite struct LanesTests {
    /// A state that notices when two lanes use it at once.
    private final class Counter { var count = 0 }

    @Test(arguments: [1, 2, 5])
    func everyJobRunsOnceAndStopWaitsForAll(count: Int) throws {
        let done = Mutex<[Int: Int]>([:])
        let lanes = try Lanes(count: count) { _ in Counter() }
        for job in 0..<500 {
            lanes.submit { state, _ in
                state.count += 1
                done.withLock { $0[job, default: 0] += 1 }
            }
        }
        lanes.stop()
        #expect(done.withLock { $0.count == 500 && $0.values.allSatisfy { $0 == 1 } })
    }

    @Test func oneLaneTakesJobsInOrder() throws {
        let order = Mutex<[Int]>([])
        let lanes = try Lanes(count: 1) { _ in Counter() }
        for job in 0..<100 { lanes.submit { _, _ in order.withLock { $0.append(job) } } }
        lanes.stop()
        #expect(order.withLock { $0 } == Array(0..<100))
    }

    @Test(arguments: [1, 2, 4])
    func sharesCoverTheWorkAndMeet(count: Int) throws {
        let wrong = Atomic(0)
        let lanes = try Lanes(count: count) { _ in Counter() }
        for _ in 0..<200 {
            lanes.submit { _, team in
                let (first, second) = (Atomics(64), Atomics(64))
                team.run { share in
                    for index in share.part(of: 64, multipleOf: 5) { first.add(index) }
                    share.wait()
                    // After the meeting every share sees what the others did before it.
                    if first.sum != 64 { wrong.add(1, ordering: .relaxed) }
                    for index in share.part(of: 64) { second.add(index) }
                }
                if second.sum != 64 { wrong.add(1, ordering: .relaxed) }
            }
        }
        lanes.stop()
        #expect(wrong.load(ordering: .relaxed) == 0)
    }

    @Test(arguments: [2, 3]) func lanesThatAreToldToStopHelpUntilTheLastJobHasEnded(count: Int) throws {
        let isStopping = Atomic(false)
        let spreads = Atomic(0)
        let lanes = try Lanes(count: count) { _ in Counter() }
        lanes.submit { _, team in
            while !isStopping.load(ordering: .acquiring) {}
            var (tries, found) = (0, 0)
            while tries < 5_000_000, found < 100 {
                team.run { share in
                    if share.index == 0, share.count == count { spreads.add(1, ordering: .relaxed) }
                }
                tries += 1
                found = spreads.load(ordering: .relaxed)
            }
        }
        isStopping.store(true, ordering: .releasing)
        lanes.stop()
        #expect(spreads.load(ordering: .relaxed) == 100)
    }

    @Test func partsAreDisjointAndCover() {
        for total in [0, 1, 7, 64, 100] {
            for lanes in 1...5 {
                for unit in [1, 3, 16] {
                    let parts = (0..<lanes).map { Share(index: $0, of: lanes).part(of: total, multipleOf: unit) }
                    #expect(parts.flatMap(Array.init) == Array(0..<total))
                    #expect(parts.allSatisfy { $0.isEmpty || $0.lowerBound.isMultiple(of: unit) })
                }
            }
        }
    }

    /// Loops one after another, whose pieces are taken and not dealt out, each element once, on lanes of unequal speed.
    @Test(arguments: [1, 2, 4])
    func partsThatAreTakenCoverTheWorkOnce(count: Int) throws {
        let wrong = Atomic(0)
        let lanes = try Lanes(count: count) { _ in Counter() }
        for total in [0, 1, 7, 64, 100] {
            for unit in [1, 3, 16] {
                lanes.submit { _, team in
                    let seen = (0..<6).map { _ in Atomics(100) }
                    team.run { share in
                        for (index, atomics) in seen.enumerated() {
                            share.eachPart(of: total, multipleOf: unit) { part in
                                if !part.lowerBound.isMultiple(of: unit) { wrong.add(1, ordering: .relaxed) }
                                for element in part { atomics.add(element) }
                                if share.index == 0 { sched_yield() }
                            }
                            if index == 3 { share.wait() }
                        }
                    }
                    for atomics in seen where !atomics.areEachOne(total) { wrong.add(1, ordering: .relaxed) }
                }
            }
        }
        lanes.stop()
        #expect(wrong.load(ordering: .relaxed) == 0)
    }

    @Test func aFreeLaneTakesWhatABusyOneHasNotBegun() throws {
        let taken = Mutex([0, 0])
        let lanes = try Lanes(count: 2) { _ in Counter() }
        lanes.submit { _, team in
            var spreads = 0
            while spreads == 0 {
                team.run { share in
                    guard share.count == 2 else { return }
                    if share.index == 0 { spreads = 1 }
                    share.eachPart(of: 1000) { part in
                        taken.withLock { $0[share.index] += part.count }
                        // The first lane does not go on until the other has done all else.
                        while share.index == 0, taken.withLock({ $0[0] + $0[1] }) < 1000 { sched_yield() }
                    }
                }
            }
        }
        lanes.stop()
        #expect(taken.withLock { $0[0] <= 250 && $0[0] + $0[1] == 1000 })
    }

    /// One counter an index.
    private final class Atomics: Sendable {
        private let counts: Mutex<[Int]>
        init(_ count: Int) { counts = Mutex([Int](repeating: 0, count: count)) }
        func add(_ index: Int) { counts.withLock { $0[index] += 1 } }
        func areEachOne(_ total: Int) -> Bool {
            counts.withLock { counts in counts.enumerated().allSatisfy { $1 == ($0 < total ? 1 : 0) } }
        }
        var sum: Int { counts.withLock { counts in counts.filter { $0 == 1 }.count } }
    }
}
