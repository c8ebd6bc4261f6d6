import Foundation
import Messages
import Sweep
import SweepController
import SweepReport

/// The report of a sweep, from its log.
struct SweepReportFile {
    let log: SweepLog

    var html: String { SweepReport(study).html }

    /// - Parameter path: nil for nowhere
    func write(to path: String?) throws(Failure) {
        guard let path else { return }
        do {
            try Data(html.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw .cannotWrite(path: path, reason: error.localizedDescription)
        }
    }

    private var study: ReportStudy {
        let definition = log.definition
        let works = log.works.values
        let begun = log.began ?? definition.made
        return ReportStudy(
            name: definition.name, description: definition.summary, task: definition.task, model: definition.model,
            data: definition.files.map { "\($0.role) \($0.data)" }.joined(separator: ", "), metric: definition.metric,
            direction: definition.study.direction, method: method, pruner: pruner, space: definition.study.space,
            rungs: definition.study.rungs, workers: Set(works.compactMap(\.worker)).sorted(), begun: begun.sinceEpoch,
            ended: log.isOver ? log.lastEvent?.sinceEpoch : nil, drawn: Date().sinceEpoch,
            trials: log.study.trials.values.sorted { $0.number < $1.number }.map(trial), winner: winner,
            remake: "bertctl sweep export \(definition.name) --format html --output \(definition.name).html")
    }

    private var method: String {
        let study = log.definition.study
        let name =
            switch study.sampler {
            case .random: "random search"
            case .grid: "grid"
            case .tpe: "tree-structured Parzen estimator"
            case .gaussianProcess: "Gaussian process"
            }
        return "\(name), seed \(study.seed)"
    }

    private var pruner: String? {
        let study = log.definition.study
        return switch study.pruner {
        case .none: nil
        case .asha: "asynchronous successive halving, one in \(study.reduction) goes on"
        case .hyperband: "hyperband, one in \(study.reduction) goes on"
        case .median: "median"
        }
    }

    private var winner: ReportStudy.Winner? {
        guard let best = log.study.best, best.score != nil else { return nil }
        return .init(trial: best.number, command: log.definition.command(of: best.point), test: log.testScore)
    }

    private func trial(_ trial: Trial) -> ReportTrial {
        let works = log.works.values.filter { $0.name.stretch.trial == trial.number }
        let stretches = works.compactMap { work -> ReportTrial.Stretch? in
            guard let worker = work.worker, let began = work.began else { return nil }
            return .init(worker: worker, start: began.sinceEpoch, end: work.ended?.sinceEpoch)
        }.sorted { $0.start < $1.start }
        let names = log.definition.study.space.parameters.map(\.name)
        return ReportTrial(
            number: trial.number, state: state(trial.state),
            reason: works.compactMap(\.error).sorted().first
                ?? log.refusals.first { $0.key.trial == trial.number }?.value,
            settings: Dictionary(zip(names, trial.point.values)) { $1 }, score: trial.score,
            epochs: trial.reached > 0 ? trial.goals[trial.reached - 1] : nil,
            curve: (trial.replicas.first?.curve ?? []).map { .init(epoch: $0.epochs, value: $0.value) },
            stretches: stretches)
    }

    private func state(_ state: Trial.State) -> ReportTrial.State {
        switch state {
        case .running, .waiting: .running
        case .finished: .finished
        case .pruned: .pruned
        case .infeasible: .infeasible
        case .failed: .failed
        case .cancelled: .cancelled
        }
    }
}

extension Date {
    fileprivate var sinceEpoch: Duration { .seconds(timeIntervalSince1970) }
}

extension SweepLog {
    /// That of the promoted model on the test data, where there are any.
    fileprivate var testScore: ReportStudy.TestScore? {
        func value(_ suffix: String) -> Double? {
            promotedMetrics.first { $0.name == "test_\(definition.metric)\(suffix)" }?.value
        }
        guard let score = value("") else { return nil }
        guard let low = value("_low"), let high = value("_high"), low <= high else { return .init(value: score) }
        return .init(value: score, interval: low...high)
    }
}
