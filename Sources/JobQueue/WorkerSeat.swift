package import Messages

/// A worker at the broker's table: what it is, what it holds and how much more it may be given.
package struct WorkerSeat: Sendable {
    /// The address of its socket on the work ROUTER.
    package typealias Address = [UInt8]

    package var hello: Hello
    package var address: Address
    package var lastHeard: ContinuousClock.Instant
    /// Digests of the models in its memory.
    package var models: Set<Digest>
    /// Models that it has refused since it said hello.
    package var refused: Set<Digest> = []
    /// It said goodbye or returned rows: it gets no more.
    package var isDraining = false
    /// Estimated tokens out on lease, by class: bulk work never uses up the credit of interactive work.
    package var leasedTokens: [Priority: Int] = [:]
    package var fences: Set<Fence> = []

    package init(hello: Hello, address: Address, at now: ContinuousClock.Instant) {
        self.hello = hello
        self.address = address
        self.lastHeard = now
        self.models = Set(hello.models)
    }

    package func freeTokens(for priority: Priority) -> Int {
        isDraining ? 0 : hello.creditTokens - leasedTokens[priority, default: 0]
    }
}
