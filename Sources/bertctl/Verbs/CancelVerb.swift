import ArgumentParser
import Client
import Messages

struct CancelVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End a job early; rows that are done stay.")

    @Argument(help: ArgumentHelp("The job's id.", valueName: "job"))
    var jobID: String
    @Option(help: "Why, for the record.")
    var reason: String?
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let id = try Identifier(jobID)
        let client = try service.connect()
        var job = try client.job(id)
        if !job.state.isTerminal { job = try client.cancel(job, reason: reason) }
        switch printing.format {
        case .table: Print.line("\(id) \(job.state.rawValue)")
        case .json: Print.json(job.json)
        }
        guard job.state == .cancelled else {
            throw Failure.jobEnded("job '\(id)' had ended before: \(job.state.rawValue)")
        }
    }
}
