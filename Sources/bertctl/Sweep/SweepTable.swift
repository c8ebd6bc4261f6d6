import Foundation
import Messages
import Sweep
import SweepController
import Terminal

/// The trials of a sweep as a table: state, rung, parameters, metric; the best is marked.
struct SweepTable {
    let log: SweepLog

    /// The parameters that are not the same in all trials.
    private var parameters: [(index: Int, name: String)] {
        log.definition.study.space.parameters.enumerated().compactMap { index, parameter in
            if case .constant = parameter.distribution { nil } else { (index, parameter.name) }
        }
    }

    /// - Parameter trials: in the order of the rows
    func table(_ trials: [Trial], isLive: Bool) -> Table {
        var columns = [Table.Column("", .leading), Table.Column("trial", .trailing), Table.Column("state")]
        columns.append(Table.Column("epochs", .trailing))
        columns += parameters.map { Table.Column($0.name, .trailing, maximumWidth: 20) }
        columns.append(Table.Column(log.definition.metric, .trailing))
        if isLive { columns.append(Table.Column("progress")) }
        var table = Table(columns)
        let best = log.study.best?.number
        for trial in trials {
            var cells = [trial.number == best ? "*" : "", "\(trial.number)", trial.state.rawValue, Self.epochs(trial)]
            cells += parameters.map { Self.value(trial.point.values[$0.index]) }
            cells.append(trial.score.map(Self.score) ?? "-")
            if isLive { cells.append(progress(of: trial)) }
            table.append(cells)
        }
        return table
    }

    private func progress(of trial: Trial) -> String {
        let works = log.works.values.filter { $0.name.stretch.trial == trial.number && $0.isOpen }
        guard let work = works.min(by: { $0.name.stretch.replica < $1.name.stretch.replica }) else { return "" }
        guard let progress = work.progress else { return work.worker == nil ? "queued" : "preparing" }
        let goal = max(1, work.stopAtStep ?? progress.totalSteps)
        let eta = progress.timeLeft.map { "  eta \(Quantity.duration($0))" } ?? ""
        return ProgressBar.bar(Double(progress.step) / Double(goal)) + eta
    }

    static func value(_ value: ParameterValue) -> String {
        if case .number(let number) = value { Quantity.significant(number) } else { value.description }
    }

    static func score(_ score: Double) -> String { Quantity.decimal(score, places: 4) }

    static func epochs(_ trial: Trial) -> String {
        let done = trial.reached > 0 ? trial.goals[trial.reached - 1] : 0
        return "\(short(done))/\(short(trial.goals.last ?? 0))"
    }

    static func point(_ trial: Trial, _ log: SweepLog) -> String {
        zip(log.definition.study.space.parameters, trial.point.values).map { "\($0.name) \(value($1))" }
            .joined(separator: ", ")
    }

    private static func short(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : Quantity.decimal(number, places: 2)
    }
}
