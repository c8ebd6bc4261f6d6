import ArgumentParser
import Client
import Messages
import Tasks

struct EvaluateVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Score a model on data with known answers.",
        discussion: """
            As the model was scored in its training. The file is sent to the service once, and known there by name (see \
            'bertctl data').
            """)

    @Option(help: "NAME, for the latest version, or NAME@VERSION.")
    var model: String
    @Option(help: "The data: a file, a folder of a known data set, or a name.")
    var data: String
    @OptionGroup(title: "The data") var arguments: DataArguments
    @Flag(inversion: .prefixedNo, help: "Wait for the end.")
    var watch = true
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let task = try arguments.named()
        let reference = try ModelReference(model)
        let sources = try TrainingSources(dev: data)
        // Without a task the model's own decides; a table is the likeliest.
        for (_, source) in sources.all where arguments.text != nil || task != nil {
            try arguments.check(source, for: task ?? .classification)
        }
        let client = try service.connect()
        let stored = try client.resolve(reference)
        let work = Evaluate(
            model: stored.reference, task: task?.rawValue,
            data: try sources.send(to: client, for: task ?? .classification, roles: [.dev, .devMismatched]),
            columns: arguments.columns)
        let (job, _) = try TrainingJob(work: .evaluate(work), group: Identifier("evaluate")).submit(to: client)
        guard watch else {
            switch printing.format {
            case .table: Print.line(job.address.jobID.string)
            case .json: Print.json(job.json)
            }
            return
        }
        Interruption.say("the work goes on; return with: bertctl watch \(job.address.jobID)")
        var watch = try TrainingWatch(client, job.address, printing.format)
        let end = try watch.run(until: nil)
        if printing.format == .table { TrainingEnd(end).show(kind: nil) }
    }
}
