import ArgumentParser
import Client
import Messages

struct WatchVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Follow a job or a group to its end.",
        discussion: """
            Exit 0 when all that was watched succeeded, 1 when something did not, 124 when --timeout was given and has \
            passed. Ctrl-C leaves the job running.
            """)

    @Argument(help: ArgumentHelp("The job's id.", valueName: "job"))
    var jobID: String?
    @Option(help: "All jobs of this group.")
    var group: String?
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        guard (jobID == nil) != (group == nil) else {
            throw ValidationError("expected either a job's id or --group")
        }
    }

    func run() throws {
        Interruption.say("the work goes on; return with: bertctl watch \(jobID ?? "--group \(group ?? "")")")
        let client = try service.connect()
        let deadline = try service.patience().map { ContinuousClock.now + $0 }
        let job = try jobID.map { try client.job(Identifier($0)) }
        if let job, Work.Kind(rawValue: job.kind)?.workerClass == .training {
            var watch = try TrainingWatch(client, job.address, printing.format)
            let end = try watch.run(until: deadline)
            if printing.format == .table { TrainingEnd(end).show(kind: nil) }
            return
        }
        let target = try job.map { Watch.Target.job($0.address) } ?? .group(Identifier(group ?? ""))
        var watch = try Watch(client, target, printing.format)
        try watch.run(until: deadline)
    }
}
