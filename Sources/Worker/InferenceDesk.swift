package import Logging
package import Messages
import ZeroMQ

/// Rows of many leases, computed by a crew as the scheduler decides.
package final class InferenceDesk: Desk {
    /// How a model comes into memory, on a lane.
    package typealias OpenModel = @Sendable (Digest) throws(LeaseFailure) -> ServedModel

    private let openModel: OpenModel
    private let log: Logger
    private let crew: Crew
    private var scheduler: Scheduler

    /// - Parameter batchTokens: true tokens of a micro-batch
    package init(
        laneCount: Int, batchTokens: Int, log: Logger, openModel: @escaping OpenModel
    ) throws(WorkerError) {
        self.openModel = openModel
        self.log = log
        crew = try Crew(laneCount: laneCount)
        scheduler = Scheduler(batchTokens: batchTokens)
    }

    package var descriptor: Int32 { crew.completions.descriptor }
    package var models: [Digest] { scheduler.models }

    package func take(_ lease: Lease) -> [LeaseReport] { scheduler.add(lease).map { [$0] } ?? [] }

    package func drop(_ fences: [Fence]) { scheduler.drop(fences) }

    package func turn() -> [LeaseReport] {
        let reports = crew.takeCompletions().flatMap(take)
        if !crew.isLoading, let digest = scheduler.nextLoad() { crew.load(digest, with: openModel) }
        while crew.freePreparations > 0, let preparation = scheduler.nextPreparation() { crew.prepare(preparation) }
        while crew.freeBatches > 0, let batch = scheduler.nextBatch() { crew.compute(batch) }
        return reports
    }

    package func leave() -> [LeaseReport] { scheduler.giveBack() }

    package func giveUp() -> [LeaseReport] { scheduler.giveBack(startedToo: true) }

    package func close() { crew.dismiss() }

    private func take(_ completion: Completion) -> [LeaseReport] {
        switch completion {
        case .loaded(let digest, .success(let model)):
            scheduler.loaded(digest, model)
            log.info("a model is in memory", metadata: ["digest": "\(digest)"])
            return []
        case .loaded(let digest, .failure(let failure)):
            log.warning("a model cannot be used: \(failure.error)", metadata: ["digest": "\(digest)"])
            return scheduler.failedToLoad(digest, failure)
        case .prepared(let preparation, .success(let prepared)):
            return scheduler.prepared(preparation.fence, rows: preparation.rows, prepared).map { [$0] } ?? []
        case .prepared(let preparation, .failure(let error)):
            return scheduler.end(preparation.fence, .failed, error).map { [$0] } ?? []
        case .computed(let batch, .success(let yields), let time):
            return scheduler.computed(batch, yields, in: time)
        case .computed(let batch, .failure(let error), _):
            return batch.entries.compactMap { scheduler.end($0.place.fence, .failed, error) }
        }
    }
}
