import ArgumentParser
import Client
import Foundation
import Sweep
import SweepController
import Terminal

/// How a sweep is attended to: by a controller in the background, and by whoever looks on.
struct SweepAttendance: ParsableArguments {
    @Flag(help: "Do not look on; the controller works in the background.")
    var detach = false
    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("Begin nothing after so long: 8h, 90m.", valueName: "duration"))
    var duration: String?
    @Option(help: ArgumentHelp("Begin nothing after this time of day: 07:00.", valueName: "time"))
    var by: String?
    @Option(help: ArgumentHelp("Where to write the report; by default SWEEP.html.", valueName: "file"))
    var report: String?

    func validate() throws {
        _ = try deadline(after: Date())
    }

    /// When to begin nothing more, if ever.
    func deadline(after now: Date) throws(ValidationError) -> Date? {
        guard duration == nil || by == nil else { throw ValidationError("expected one of --for and --by, found both") }
        if let duration { return now + (try Self.seconds(duration)) }
        guard let by else { return nil }
        let parts = by.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .current
        guard parts.count == 2, (0..<24).contains(parts[0]), (0..<60).contains(parts[1]),
            let time = calendar.nextDate(
                after: now, matching: DateComponents(hour: parts[0], minute: parts[1]), matchingPolicy: .nextTime)
        else { throw ValidationError("--by is '\(by)', expected a time of day such as 07:00") }
        return time
    }

    private static func seconds(_ text: String) throws(ValidationError) -> TimeInterval {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), let number = Double(text.dropLast()), number > 0,
            number.isFinite
        else { throw ValidationError("--for is '\(text)', expected a duration such as 8h or 90m") }
        return number * unit
    }

    /// Starts a controller that outlives this process, and looks on unless told not to.
    func attend(_ name: String, _ client: Client, _ service: ServiceOptions) throws {
        let report = report ?? "\(name).html"
        let log = try Detached.start(
            ["sweep", "control", name, "--report", URL(filePath: report).path] + service.words, called: name)
        guard !detach else {
            Print.line("\(name) runs in the background (log: \(log)); look on with: bertctl sweep watch \(name)")
            return
        }
        let over = try Self.watch(name, client)
        // The controller writes it too, for those who have gone; whoever looked on finds it now.
        try SweepReportFile(log: over).write(to: report)
        Print.note("report: \(report)")
    }

    @discardableResult
    static func watch(_ name: String, _ client: Client) throws -> SweepLog {
        Interruption.say("the sweep goes on; return with: bertctl sweep watch \(name)")
        var watch = try SweepWatch(client, sweep: name)
        let log = try watch.run()
        if let reason = log.surveyError { throw Failure.jobEnded("sweep '\(name)' could not begin: \(reason)") }
        let trials = log.study.ranking(of: Array(log.study.trials.values))
        Print.table(SweepTable(log: log).table(trials, isLive: false))
        guard let best = log.study.best, let score = best.score else {
            throw Failure.jobEnded("no trial of sweep '\(name)' has a score")
        }
        Print.note(
            """
            the best of \(log.study.trials.count) trials is number \(best.number), \(log.definition.metric) \
            \(SweepTable.score(score)); serve it with: bertctl sweep promote \(name)
            """)
        return log
    }
}
