import ArgumentParser
import Client
import Foundation
import Messages
import Sweep
import SweepController
import Terminal

extension ServiceOptions {
    /// A sweep as its log has it now.
    func sweepLog(_ name: String) throws -> SweepLog {
        let client = try connect()
        var log = SweepLog(try SweepCatalog(client).definition(of: name))
        var feed = try SweepFeed(client, group: Identifier(name))
        for event in try feed.news(timeout: .zero) { log.take(event) }
        return log
    }
}

struct SweepListVerb: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the sweeps of the service.")
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        var table = Table([
            .init("sweep"), .init("state"), .init("trials", .trailing), .init("metric"), .init("best", .trailing),
        ])
        for name in try SweepCatalog(service.connect()).names() {
            let log = try service.sweepLog(name)
            switch printing.format {
            case .json: Print.json(log.json)
            case .table:
                table.append([
                    name, log.state, "\(log.study.trials.count)/\(log.study.definition.trials)", log.definition.metric,
                    log.study.best?.score.map(SweepTable.score) ?? "-",
                ])
            }
        }
        if printing.format == .table { Print.table(table) }
    }
}

struct SweepStatusVerb: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Say how a sweep stands.")
    @OptionGroup var sweep: SweepArgument
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let log = try service.sweepLog(sweep.name)
        switch printing.format {
        case .json: Print.json(log.json)
        case .table: Print.fields(log.fields)
        }
    }
}

struct SweepTrialsVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trials", abstract: "List the trials of a sweep, the best first.")
    @OptionGroup var sweep: SweepArgument
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let log = try service.sweepLog(sweep.name)
        let trials = log.study.ranking(of: Array(log.study.trials.values))
        switch printing.format {
        case .json: for trial in trials { Print.json(trial.json(log)) }
        case .table: Print.table(SweepTable(log: log).table(trials, isLive: false))
        }
    }
}

struct SweepBestVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "best", abstract: "Show the best trial of a sweep, and the command that trains it again.")
    @OptionGroup var sweep: SweepArgument
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let log = try service.sweepLog(sweep.name)
        guard let best = log.study.best, let score = best.score else {
            throw SweepError.noFinishedTrial(sweep.name)
        }
        switch printing.format {
        case .json: Print.json(best.json(log))
        case .table:
            Print.fields([
                ("trial", "\(best.number), the best of \(log.study.trials.count)"), ("state", best.state.rawValue),
                (log.definition.metric, SweepTable.score(score)), ("parameters", SweepTable.point(best, log)),
                ("again", log.definition.command(of: best.point)),
            ])
        }
    }
}
