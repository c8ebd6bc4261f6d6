import ArgumentParser
import Client
import Messages
import Terminal

struct ListVerb: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List jobs, the newest first.")

    @Option(help: "Only jobs in this state: queued, running, succeeded, failed, dead or cancelled.")
    var state: String?
    @Option(help: "Only jobs of this group.")
    var group: String?
    @Option(help: "At most so many jobs, 1 to 1000.")
    var limit = Limits.defaultListedJobs
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        guard (1...Limits.maxListedJobs).contains(limit) else {
            throw ValidationError("--limit is \(limit), expected 1 to \(Limits.maxListedJobs)")
        }
        if let state, JobState(rawValue: state).map({ $0 == .unrecognised }) ?? true {
            throw ValidationError(
                "--state is '\(state)', expected queued, running, succeeded, failed, dead or cancelled")
        }
    }

    func run() throws {
        let list = ListJobs(state: state.flatMap(JobState.init), group: try group.map(Identifier.init), limit: limit)
        let jobs = try service.connect().jobs(list)
        switch printing.format {
        case .json: for job in jobs { Print.json(job.json) }
        case .table: Print.table(table(jobs))
        }
    }

    private func table(_ jobs: [JobSummary]) -> Table {
        var table = Table([
            .init("JOB"), .init("STATE"), .init("ROWS", .trailing), .init("DONE", .trailing), .init("MODEL"),
            .init("PRIORITY"), .init("AGE", .trailing), .init("GROUP"),
        ])
        for job in jobs {
            table.append([
                job.address.jobID.string, job.state.rawValue, Quantity.count(job.rows), Quantity.count(job.rowsDone),
                job.model?.description ?? "-", job.priority.rawValue, Print.age(job.acceptedAt),
                job.address.group.string,
            ])
        }
        return table
    }
}
