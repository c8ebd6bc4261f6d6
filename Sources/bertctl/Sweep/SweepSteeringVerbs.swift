import ArgumentParser
import SweepController

struct SweepPauseVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause", abstract: "Begin nothing more; what is at work comes to its rung and waits there.")
    @OptionGroup var sweep: SweepArgument
    @OptionGroup var service: ServiceOptions

    func run() throws {
        try SweepCatalog(service.connect()).change(sweep.name) { $0.intent = .pause }
        Print.line("\(sweep.name) pauses; go on with: bertctl sweep resume \(sweep.name)")
    }
}

struct SweepStopVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stop",
        abstract: "Begin no more trials; what is at work goes on to its end, or to the rung where it waits.")
    @OptionGroup var sweep: SweepArgument
    @OptionGroup var service: ServiceOptions

    func run() throws {
        try SweepCatalog(service.connect()).change(sweep.name) { $0.intent = .stop }
        Print.line("\(sweep.name) ends when its running trials have")
    }
}

struct SweepCancelVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel", abstract: "End a sweep at once; what its trials have shown stays.")
    @OptionGroup var sweep: SweepArgument
    @OptionGroup var service: ServiceOptions

    func run() throws {
        let client = try service.connect()
        try SweepCatalog(client).change(sweep.name) { $0.intent = .cancel }
        // No controller need be there for it.
        try SweepController(client, sweep: sweep.name).run { _ in }
        Print.line("\(sweep.name) is cancelled")
    }
}
