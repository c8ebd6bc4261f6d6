import ArgumentParser
import Client
import Messages
import SweepController

struct SweepPromoteVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "promote", abstract: "Register the best trial's model, so that it answers.",
        discussion: """
            A trial that was stopped at a rung is trained to its end first. The test data that the sweep was given are \
            scored now, for the first time, once.
            """)
    @OptionGroup var sweep: SweepArgument
    @Option(help: "What to call the model; by default as the sweep is called.")
    var name: String?
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let client = try service.connect()
        let controller = try SweepController(client, sweep: sweep.name)
        let job = try controller.promote(as: ModelName(name ?? sweep.name))
        Interruption.say("the training goes on; return with: bertctl watch \(job.jobID)")
        var watch = try TrainingWatch(client, job, printing.format)
        let end = try watch.run(until: nil)
        guard printing.format == .table else { return }
        TrainingEnd(end).show(kind: controller.definition.taskKind)
    }
}
