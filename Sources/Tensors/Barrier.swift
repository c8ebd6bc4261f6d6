import Glibc
import Synchronization

/// A meeting point of a few lanes that are busy for microseconds in between.
///
/// Waiting spins shortly and then yields the core, because on a shared host the lane that is missing may have lost its
/// own. A barrier is used again as soon as all have left it.
final class Barrier: Sendable {
    /// The loops that the lanes share between two meetings.
    let loops: GuidedLoops
    private let arrived = Atomic(0)
    private let generation = Atomic(0)
    private let count = Atomic(1)

    /// A barrier of at most so many lanes.
    init(limit: Int) { loops = GuidedLoops(lanes: limit) }

    /// Only while nobody waits, and published to the lanes by the lock that hands them their share.
    func expect(_ lanes: Int) { count.store(lanes, ordering: .releasing) }

    func wait() {
        let now = generation.load(ordering: .acquiring)
        guard arrived.add(1, ordering: .acquiringAndReleasing).newValue != count.load(ordering: .acquiring) else {
            loops.beginAnew()
            arrived.store(0, ordering: .releasing)
            generation.add(1, ordering: .releasing)
            return
        }
        var spins = 0
        while generation.load(ordering: .acquiring) == now {
            spins += 1
            if spins > 4096 { sched_yield() }
        }
    }
}
