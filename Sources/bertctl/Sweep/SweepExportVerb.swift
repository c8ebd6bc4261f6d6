import ArgumentParser
import Foundation
import Sweep
import SweepController

struct SweepExportVerb: ParsableCommand {
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case csv, jsonl, html
    }

    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write the trials of a sweep as CSV or JSON lines, or its report as HTML.")
    @OptionGroup var sweep: SweepArgument
    @Option(help: "csv, jsonl, or html, the report.")
    var format = Kind.csv
    @Option(help: ArgumentHelp("Where to write; by default to stdout.", valueName: "file"))
    var output: String?
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let log = try service.sweepLog(sweep.name)
        let trials = log.study.trials.values.sorted { $0.number < $1.number }
        let text =
            switch format {
            case .csv: csv(trials, log)
            case .jsonl: trials.map { $0.json(log).text + "\n" }.joined()
            case .html: SweepReportFile(log: log).html
            }
        guard let output else { return Print.data(text) }
        do {
            try Data(text.utf8).write(to: URL(filePath: output), options: .atomic)
        } catch {
            throw Failure.cannotWrite(path: output, reason: error.localizedDescription)
        }
    }

    private func csv(_ trials: [Trial], _ log: SweepLog) -> String {
        let names = log.definition.study.space.parameters.map(\.name)
        let rows = trials.map { trial in
            ["\(trial.number)", trial.state.rawValue, trial.score.map { "\($0)" } ?? "", SweepTable.epochs(trial)]
                + trial.point.values.map(\.description)
        }
        let heading = ["trial", "state", log.definition.metric, "epochs"] + names
        return ([heading] + rows).map { $0.map(Self.quoted).joined(separator: ",") + "\n" }.joined()
    }

    private static func quoted(_ cell: String) -> String {
        cell.contains { ",\"\n\r".contains($0) } ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
    }
}
