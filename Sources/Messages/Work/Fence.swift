/// The number of a lease: `boot * 2^32 + counter`. No two leases of one server ever share one.
package struct Fence: Hashable, Sendable, RawRepresentable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue }

    package init(boot: UInt32, counter: UInt32) { rawValue = UInt64(boot) << 32 | UInt64(counter) }
}
