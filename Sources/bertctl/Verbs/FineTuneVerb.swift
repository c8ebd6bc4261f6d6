import ArgumentParser
import Client
import Foundation
import Messages
import Tasks

struct FineTuneVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finetune",
        abstract: "Train a model for a task, on a file of your own or a known data set.",
        discussion: """
            The file is CSV, TSV or JSON lines with a heading; its labels are what they are called in it. It is sent to \
            the service once, and known there by name (see 'bertctl data'). What is known of the data, and what the \
            training will cost, is told before it begins; the model is registered as the next version of --name, and \
            answers at once ('bertctl classify', 'ask', 'tag'). Ctrl-C leaves the training running; the same command \
            given again returns to it.
            """)

    @Argument(
        help: ArgumentHelp("The training data: a file, a folder of a known data set, or a name.", valueName: "data"))
    var data: String?
    @OptionGroup(title: "The data") var arguments: DataArguments
    @Option(
        help: ArgumentHelp("The development data; without it some rows of the file are held back.", valueName: "data"))
    var dev: String?
    @Option(help: ArgumentHelp("Data to be predicted at the end.", valueName: "data"))
    var test: String?
    @Option(help: "To begin with: NAME, for the latest version, or NAME@VERSION.")
    var model: String?
    @Option(help: "What to call the result; by default as its data is called.")
    var name: String?
    @OptionGroup(title: "How to train") var training: TrainingArguments
    @Flag(help: "Tell what is known of the data and what training will cost, and stop.")
    var dryRun = false
    @Flag(inversion: .prefixedNo, help: "Show how it goes until the end.")
    var watch = true
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        guard !training.listSettings else { return }
        guard data != nil else { throw ValidationError("expected DATA: a file, a folder, or the name of a data set") }
        guard model != nil else { throw ValidationError("expected --model NAME, the model to begin with") }
    }

    func run() throws {
        let task = try arguments.named() ?? .classification
        if training.listSettings { return list(SettingsTable(task: task)) }
        let settings = try training.settings(of: task)
        let base = try ModelReference(model ?? "")
        let sources = try TrainingSources(train: data, dev: dev, test: test)
        let name = try name.map(ModelName.init) ?? sources.defaultName(of: base)
        for (role, source) in sources.all { try arguments.check(source, for: task, needsLabel: role != .test) }
        let client = try service.connect()
        let model = try client.resolve(base)
        let files = try sources.send(to: client, for: task, roles: Set(DataRole.allCases))
        let work = FineTune(
            model: model.reference, task: task.rawValue, data: files, columns: arguments.columns, settings: settings,
            name: dryRun ? nil : name, isDryRun: dryRun)
        let (job, wasThere) = try TrainingJob(work: .fineTune(work), group: Identifier("finetune")).submit(to: client)
        if wasThere { Print.note("this very run is there already: \(job.state.rawValue)") }
        try follow(job, client, kind: task.kind)
    }

    private func list(_ settings: SettingsTable) {
        switch printing.format {
        case .table: Print.table(settings.table)
        case .json: settings.json.forEach { Print.json($0) }
        }
    }

    private func follow(_ job: JobSummary, _ client: Client, kind: TaskKind) throws {
        guard watch else {
            switch printing.format {
            case .table: Print.line(job.address.jobID.string)
            case .json: Print.json(job.json)
            }
            return
        }
        Interruption.say("the training goes on; return with: bertctl watch \(job.address.jobID)")
        if printing.format == .table { Print.note("job \(job.address.jobID)") }
        var watch = try TrainingWatch(client, job.address, printing.format)
        let end = try watch.run(until: nil)
        guard printing.format == .table else { return }
        if dryRun { return Print.note("a dry run: nothing was trained") }
        TrainingEnd(end).show(kind: kind)
    }
}
