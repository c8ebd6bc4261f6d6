import Synchronization

/// What the socket thread tells the lane that a run is on.
final class RunOrders: Sendable {
    enum Order: Sendable, Equatable {
        case goOn
        /// The worker is leaving: save, and give the lease back.
        case leave
        /// The lease is no longer wanted: nobody hears of what is saved now.
        case forget
    }

    private let current = Mutex(Order.goOn)

    var order: Order { current.withLock { $0 } }

    /// The first order stands, but that a lease which is not wanted is never given back.
    func give(_ order: Order) {
        current.withLock { current in
            if current == .goOn || order == .forget { current = order }
        }
    }
}
