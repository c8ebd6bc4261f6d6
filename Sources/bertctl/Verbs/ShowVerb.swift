import ArgumentParser
import Client
import Messages

struct ShowVerb: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show one job.")

    @Argument(help: ArgumentHelp("The job's id.", valueName: "job"))
    var jobID: String
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let id = try Identifier(jobID)
        let job = try service.connect().job(id)
        switch printing.format {
        case .table: Print.fields(job.fields)
        case .json: Print.json(job.json)
        }
    }
}
