import Glibc
package import Logging
package import Messages
package import Tensors
import ZeroMQ

/// One run at a time, on a lane that spreads over all the others.
///
///     socket thread ── lease ──► lane: run(lease) ── news … ─┐
///           ▲ └─────── orders ──────►                        │
///           └──────────────────── mailbox ◄──────────────────┘
package final class TrainingDesk: Desk {
    /// Does a lease, on a lane; what it tells meanwhile it gives to `tell`, and looks into the orders again and again.
    package typealias Perform = @Sendable (_ lease: Lease, _ team: Team, _ line: RunLine) -> RunEnd

    private enum Letter: Sendable {
        case news(Fence, RunNews)
        case end(Fence, RunEnd)
    }

    private let perform: Perform
    private let log: Logger
    private let lanes: Lanes<Void>
    private let mailbox: Mailbox<Letter>
    private var running: (fence: Fence, orders: RunOrders)?
    /// Came while the lease before it, which is no longer wanted, was still being ended.
    private var next: Lease?
    /// Of the running lease's reports that are kept.
    private var lastNumber = 0

    /// Progress comes four times a second, and everything else rarely.
    private static let letters = 256

    package init(laneCount: Int, log: Logger, perform: @escaping Perform) throws(WorkerError) {
        self.perform = perform
        self.log = log
        do {
            mailbox = try Mailbox(capacity: Self.letters)
            lanes = try Lanes(count: laneCount) { _ in }
        } catch let error as ZeroMQError {
            throw .socket(error)
        } catch let error as TensorError {
            throw .numeric(error)
        } catch {
            preconditionFailure("an error of no kind that is thrown here: \(error)")
        }
    }

    package var descriptor: Int32 { mailbox.descriptor }
    package var models: [Digest] { [] }

    package func take(_ lease: Lease) -> [LeaseReport] {
        guard running?.fence != lease.fence, next?.fence != lease.fence else { return [] }
        guard let running else {
            begin(lease)
            return []
        }
        guard running.orders.order == .forget, next == nil else {
            return [.unfinished(lease.fence, .returned, ServiceError(.overloaded, "this worker has a run already"))]
        }
        next = lease
        return []
    }

    package func drop(_ fences: [Fence]) {
        if let running, fences.contains(running.fence) { running.orders.give(.forget) }
        if let waiting = next, fences.contains(waiting.fence) { next = nil }
    }

    package func turn() -> [LeaseReport] { mailbox.drain().flatMap(report) }

    package func leave() -> [LeaseReport] {
        running?.orders.give(.leave)
        defer { next = nil }
        return next.map { [Self.returned($0.fence)] } ?? []
    }

    package func giveUp() -> [LeaseReport] { running.map { [Self.returned($0.fence)] } ?? [] }

    /// A run that is on saves first; what it still tells nobody hears.
    package func close() {
        running?.orders.give(.leave)
        next = nil
        while running != nil { _ = mailbox.waitAndDrain().map(report) }
        lanes.stop()
    }

    private func begin(_ lease: Lease) {
        let orders = RunOrders()
        running = (lease.fence, orders)
        lastNumber = 0
        log.info("a run begins", metadata: ["job": "\(lease.jobID)", "resumed": "\(lease.resumeFrom != nil)"])
        let (mailbox, perform) = (mailbox, perform)
        lanes.submit { _, team in
            let line = RunLine(orders: orders) { Self.send(.news(lease.fence, $0), to: mailbox, isKept: $0.isKept) }
            Self.send(.end(lease.fence, perform(lease, team, line)), to: mailbox, isKept: true)
        }
    }

    private static func returned(_ fence: Fence) -> LeaseReport {
        .unfinished(fence, .returned, ServiceError(.shuttingDown, "the worker is shutting down"))
    }

    private func report(_ letter: Letter) -> [LeaseReport] {
        switch letter {
        case .news(let fence, let news):
            if news.isKept { lastNumber += 1 }
            return [.told(RunReport(fence: fence, body: news.body(number: lastNumber)))]
        case .end(let fence, let end):
            running = nil
            log.info("a run ends: \(end)")
            if let lease = next {
                next = nil
                begin(lease)
            }
            switch end {
            case .finished(let result, let usage):
                return [.finished(Finished(fence: fence, chunks: [], usage: usage, maxTokens: 0, run: result))]
            case .unfinished(let reason, let error): return [.unfinished(fence, reason, error)]
            }
        }
    }

    /// Queues a letter; where the box is full a lane waits for room with what is kept.
    ///
    /// The box holds a minute of progress, so that this happens only where the socket thread is stuck: it is not worth a
    /// condition.
    private static func send(_ letter: Letter, to mailbox: Mailbox<Letter>, isKept: Bool) {
        while !mailbox.send(letter), isKept { usleep(1000) }
    }
}
