import Foundation
import Logging

/// The workers that a broker keeps: one for inference from the start, those for training from the first job for them.
final class Children {
    let inference: ChildWorker?
    let training: [ChildWorker]

    init(_ configuration: BrokerConfiguration, log: Logger, at now: ContinuousClock.Instant) {
        func child(_ program: WorkerProgram) -> ChildWorker {
            ChildWorker(program, lockIn: configuration.stateFolder, log: log, at: now)
        }
        inference = configuration.worker.map(child)
        training = configuration.trainingWorkers.map(child)
    }

    private var all: [ChildWorker] { [inference].compactMap(\.self) + training }

    var workerIDs: [String] { all.map(\.program.workerID) }

    var areRunning: Bool { all.contains { $0.isRunning } }

    /// Starts those that are to run and do not.
    func check(at now: ContinuousClock.Instant, isTrainingWanted: Bool) {
        inference?.check(at: now)
        for worker in training { worker.check(at: now, isWanted: isTrainingWanted) }
    }

    /// Takes note of the processes that have ended.
    ///
    /// - Returns: their ids
    func reap(at now: ContinuousClock.Instant) -> [Int] {
        var ended: [Int] = []
        var status: Int32 = 0
        while case let pid = waitpid(-1, &status, WNOHANG), pid > 0 {
            ended.append(Int(pid))
            for worker in all { worker.ended(pid, status: status, at: now) }
        }
        return ended
    }

    /// Asks them to hand back what they have not begun, to save what they have, and to end.
    func stop() {
        for worker in all { worker.stop() }
    }
}
