import Synchronization

/// Loops whose pieces go to whichever lane is free, large pieces first: on a shared host one core is often slower than
/// another, and equal shares would wait for it (guided self-scheduling, Polychronopoulos and Kuck 1987).
///
///     loop 0: │ lane 0 ──────────│ lane 1 ──────│ lane 1 ────│ lane 0 ──│ … │
///
/// All lanes come to the loops in the same order, and each counts for itself which it is at; a meeting begins anew.
final class GuidedLoops: @unchecked Sendable {
    // Unchecked: a lane's place is touched by that lane, and by the last one at a meeting while the others wait there.

    /// The most loops between two meetings.
    private static let limit = 16
    /// Counters lie this far apart, so that no two share a cache line.
    private static let stride = 16

    private let lanes: Int
    private let taken = UnsafeMutablePointer<Atomic<Int>>.allocate(capacity: limit * stride)
    private let places: UnsafeMutablePointer<Int>

    init(lanes: Int) {
        self.lanes = lanes
        places = .allocate(capacity: lanes * Self.stride)
        places.initialize(repeating: 0, count: lanes * Self.stride)
        for counter in 0..<Self.limit * Self.stride { (taken + counter).initialize(to: Atomic(0)) }
    }

    deinit {
        taken.deinitialize(count: Self.limit * Self.stride)
        taken.deallocate()
        places.deallocate()
    }

    /// The loop that this lane has come to.
    func next(of lane: Int) -> Int {
        let loop = places[lane * Self.stride]
        precondition(loop < Self.limit, "more than \(Self.limit) loops between two meetings")
        places[lane * Self.stride] = loop + 1
        return loop
    }

    /// Takes a piece of `0 ..< total`, about half of an equal share of what is left; nil once all of it is taken.
    func claim(_ loop: Int, of total: Int, lanes: Int) -> Range<Int>? {
        let counter = taken + loop * Self.stride
        var start = counter.pointee.load(ordering: .relaxed)
        while start < total {
            let end = start + max(1, (total - start) / (2 * lanes))
            let (exchanged, found) = counter.pointee.weakCompareExchange(
                expected: start, desired: end, ordering: .relaxed)
            if exchanged { return start..<end }
            start = found
        }
        return nil
    }

    /// Only while every lane is at a meeting.
    func beginAnew() {
        for loop in 0..<places[0] { taken[loop * Self.stride].store(0, ordering: .relaxed) }
        for lane in 0..<lanes { places[lane * Self.stride] = 0 }
    }
}
