import Messages
import TestSupport
import Worker

/// Drives a scheduler as threads would, in an order that a seed chooses: what is in hand completes in any order.
struct SchedulerRun {
    var scheduler: Scheduler
    private(set) var reports: [LeaseReport] = []
    private(set) var batches: [MicroBatch] = []
    private var orders: [Order] = []
    private var generator: Seeded

    private enum Order {
        case load(Digest)
        case prepare(Scheduler.Preparation)
        case compute(MicroBatch)
    }

    init(batchTokens: Int, seed: UInt64) {
        scheduler = Scheduler(batchTokens: batchTokens)
        generator = Seeded(seed)
    }

    mutating func add(_ lease: Lease) {
        if let report = scheduler.add(lease) { reports.append(report) }
    }

    /// Takes what there is to do, up to `inHand` at a time, and completes one of it; false: there was nothing.
    mutating func step(inHand: Int = 5) -> Bool {
        while orders.count < inHand, let order = nextOrder() { orders.append(order) }
        guard let index = orders.indices.randomElement(using: &generator) else { return false }
        complete(orders.remove(at: index))
        return true
    }

    mutating func finish(inHand: Int = 5) {
        while step(inHand: inHand) {}
    }

    private mutating func nextOrder() -> Order? {
        if let digest = scheduler.nextLoad() { return .load(digest) }
        if Bool.random(using: &generator), let batch = nextBatch() { return .compute(batch) }
        if let preparation = scheduler.nextPreparation() { return .prepare(preparation) }
        return nextBatch().map { .compute($0) }
    }

    private mutating func nextBatch() -> MicroBatch? {
        guard let batch = scheduler.nextBatch() else { return nil }
        batches.append(batch)
        return batch
    }

    private mutating func complete(_ order: Order) {
        switch order {
        case .load(let digest):
            scheduler.loaded(digest, StubModel.make())
        case .prepare(let preparation):
            let report = scheduler.prepared(
                preparation.fence, rows: preparation.rows, StubModel.prepare(preparation, width: 3))
            if let report { reports.append(report) }
        case .compute(let batch):
            let yields = StubModel.yields(of: batch, width: 3)
            reports += scheduler.computed(batch, yields, in: .milliseconds(batch.tokenCount))
        }
    }
}

extension LeaseReport {
    var finished: Finished? {
        if case .finished(let finished) = message { finished } else { nil }
    }

    var unfinished: Unfinished? {
        if case .unfinished(let unfinished) = message { unfinished } else { nil }
    }
}
