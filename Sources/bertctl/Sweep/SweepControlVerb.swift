import ArgumentParser
import Client
import Foundation
import Sweep
import SweepController

/// The controller itself: what `run` and `resume` leave behind them.
struct SweepControlVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "control", abstract: "Control a sweep from this process, until it is over.",
        discussion: "What 'run' and 'resume' start in the background; for a service manager or another machine.")
    @OptionGroup var sweep: SweepArgument
    @Option(help: ArgumentHelp("Where to write the report at the end.", valueName: "file"))
    var report: String?
    @OptionGroup var service: ServiceOptions

    /// How long the service may be away.
    private static let absence: TimeInterval = 24 * 3600
    private static let pause: UInt32 = 2

    func run() throws {
        // Its terminal may go away; it has a log.
        signal(SIGHUP, SIG_IGN)
        var lastWord = Date()
        var told = SweepNews()
        while true {
            do {
                let controller = try SweepController(service.connect(), sweep: sweep.name)
                try controller.run { log in
                    lastWord = Date()
                    for line in told.lines(log) { Print.line("\(Date().formatted(.iso8601)) \(line)") }
                }
                try SweepReportFile(log: controller.log).write(to: report)
                return
            } catch let error as SweepError where error.isOfTheMoment && -lastWord.timeIntervalSinceNow < Self.absence {
                Print.line("\(Date().formatted(.iso8601)) \(error)")
            } catch let error as ClientError where -lastWord.timeIntervalSinceNow < Self.absence {
                Print.line("\(Date().formatted(.iso8601)) \(error)")
            }
            sleep(Self.pause)
        }
    }
}
