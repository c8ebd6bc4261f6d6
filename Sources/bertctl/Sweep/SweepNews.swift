import Foundation
import Messages
import Sweep
import SweepController

/// What has changed since the last look, a line each: the controller's log.
struct SweepNews {
    private var states: [Int: Trial.State] = [:]
    private var scores: [Int: Int] = [:]

    mutating func lines(_ log: SweepLog) -> [String] {
        var lines: [String] = []
        for trial in log.study.trials.values.sorted(by: { $0.number < $1.number }) {
            if trial.scores.count > scores[trial.number] ?? 0, let score = trial.score {
                lines.append(
                    "trial \(trial.number) has \(log.definition.metric) \(SweepTable.score(score)) at epoch \(SweepTable.epochs(trial))"
                )
                scores[trial.number] = trial.scores.count
            }
            if states[trial.number] != trial.state {
                lines.append("trial \(trial.number) is \(trial.state.rawValue): \(SweepTable.point(trial, log))")
                states[trial.number] = trial.state
            }
        }
        return lines
    }
}
