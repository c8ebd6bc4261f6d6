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

    /// Returns when every share of the computation has come here; what they wrote before is then seen by all.
    package func wait() { barrier?.wait() }
}
