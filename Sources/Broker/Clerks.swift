import Journal
import Logging
import Messages
import Store
import ZeroMQ

/// The clerks of a broker: one reads, one moves bytes into the store, so that a large transfer delays no answer.
final class Clerks {
    let reports: Mailbox<ClerkReport>
    let reader: Clerk
    let keeper: Clerk

    init(journal: Journal, store: Store, log: Logger) throws(ZeroMQError) {
        reports = try Mailbox(capacity: Self.reportCapacity)
        reader = try Clerk(journal: journal, store: store, reports: reports, capacity: Self.questions, log: log)
        keeper = try Clerk(journal: journal, store: store, reports: reports, capacity: Self.transfers, log: log)
    }

    func start() {
        reader.start("bertd-reader")
        keeper.start("bertd-keeper")
    }

    /// - Returns: false when too many requests wait already
    func answer(_ body: Request.Body, to peer: Peer, status: ServiceStatus? = nil) -> Bool {
        switch body {
        case .put, .get, .register, .removeModel, .releaseCheckpoints:
            keeper.orders.send(.answer(body, to: peer, status: nil))
        default: reader.orders.send(.answer(body, to: peer, status: status))
        }
    }

    func stop() {
        _ = reader.orders.send(.stop)
        _ = keeper.orders.send(.stop)
    }

    private static let questions = 4096
    /// Each brings up to `Limits.maxPutBytes` with it.
    private static let transfers = 32
    /// Larger than both mailboxes and what the clerks have in hand: a clerk never finds it full.
    private static let reportCapacity = 4 * (questions + transfers)
}
