/// One lane's part of a computation that several lanes do together.
package struct Share: Sendable {
    package let index, count: Int
    private let barrier: Barrier?

    /// The whole of it, on one lane.
    package static let whole = Share(index: 0, of: 1)

    init(index: Int, count: Int, barrier: Barrier) {
        self.index = index
        self.count = count
        self.barrier = barrier
    }

    /// A share that meets nobody: the shares are computed one after another.
    package init(index: Int, of count: Int) {
        self.index = index
        self.count = count
        barrier = nil
    }

    /// This share of `0 ..< total`, cut at multiples of `unit`; the shares are disjoint and cover it.
    package func part(of total: Int, multipleOf unit: Int = 1) -> Range<Int> {
        let units = (total + unit - 1) / unit
        return min(total, units * index / count * unit)..<min(total, units * (index + 1) / count * unit)
    }

    /// Calls `body` with the parts of `0 ..< total` that fall to this share, cut at multiples of `unit`: once all shares have
    /// been here, every part has been done once. A share that is done with one takes the next, so that a slow lane gets
    /// less; which share does what is not known until `wait`.
    package func eachPart(of total: Int, multipleOf unit: Int = 1, _ body: (Range<Int>) -> Void) {
        guard let loops = barrier?.loops, count > 1 else {
            let part = part(of: total, multipleOf: unit)
            if !part.isEmpty { body(part) }
            return
        }
        let (loop, units) = (loops.next(of: index), (total + unit - 1) / unit)
        while let piece = loops.claim(loop, of: units, lanes: count) {
            body(piece.lowerBound * unit..<min(total, piece.upperBound * unit))
        }
    }

    /// Returns when every share of the computation has come here; what they wrote before is then seen by all.
    package func wait() { barrier?.wait() }
}
