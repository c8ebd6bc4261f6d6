import Messages
import SweepController
import Terminal

/// What a sweep will cost, in words: time on the workers that are there, and disk.
struct SweepCost {
    private let estimate: SweepEstimate

    init(_ estimate: SweepEstimate) { self.estimate = estimate }

    func tell() {
        Print.note(time)
        Print.note(
            """
            at most \(estimate.checkpoints) checkpoints at once, \(Quantity.bytes(estimate.checkpointBytes)) each: \
            \(Quantity.bytes(estimate.peakBytes)) of disk
            """)
    }

    private var time: String {
        let workers = estimate.workers == 1 ? "1 training worker" : "\(estimate.workers) training workers"
        let epochs = Quantity.decimal(estimate.epochs, places: 0)
        guard let epochTime = estimate.epochTime, let time = estimate.time, let pruned = estimate.prunedTime else {
            return "\(epochs) epochs on \(workers)"
        }
        let whole = "\(epochs) epochs of \(Quantity.duration(epochTime)) on \(workers): \(Quantity.duration(time))"
        guard estimate.prunedEpochs < estimate.epochs else { return whole }
        return "\(whole), about \(Quantity.duration(pruned)) with trials that are stopped early"
    }
}
