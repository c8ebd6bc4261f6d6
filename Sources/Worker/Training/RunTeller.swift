import FineTuning
import Foundation
import Messages
import Store

/// Turns the events of a run into news for the broker, and puts its checkpoints into the store.
final class RunTeller {
    private let line: RunLine
    private let store: Store
    /// Why a checkpoint could not be stored: the run is stopped by it.
    private(set) var failure: StoreError?

    init(line: RunLine, store: Store) {
        self.line = line
        self.store = store
    }

    func take(_ event: RunEvent) -> RunOrder {
        switch event {
        case .survey(let survey): line.tell(.survey(Survey(survey)))
        case .progress(let progress): line.tell(.progress(TrainingProgress(progress)))
        case .evaluation(let step, let epoch, let set, let evaluation):
            let metrics = evaluation.metrics.map(Metric.init)
            line.tell(.metrics(Metrics(step: step, epoch: epoch, set: set, metrics: metrics)))
        case .checkpoint(let folder, let step, let isBest): keep(folder, step, isBest)
        case .note(let sentence): line.tell(.note(sentence.cut(toBytes: Limits.maxNoteBytes)))
        }
        return failure == nil && !line.isToStop ? .goOn : .saveAndStop
    }

    private func keep(_ folder: String, _ step: Int, _ isBest: Bool) {
        guard line.orders.order != .forget else { return }
        do {
            let manifest = try store.adopt(folder: URL(filePath: folder, directoryHint: .isDirectory))
            line.tell(.checkpoint(SavedCheckpoint(manifest: manifest, step: step, isBest: isBest)))
        } catch {
            failure = failure ?? error
        }
    }
}

extension String {
    /// As many whole characters as fit.
    fileprivate func cut(toBytes count: Int) -> String {
        var end = startIndex
        var bytes = 0
        while end < endIndex, case let size = self[end].utf8.count, bytes + size <= count {
            bytes += size
            end = index(after: end)
        }
        return String(self[..<end])
    }
}
