import ArgumentParser
import Client
import Foundation
import Sweep
import SweepController

struct SweepResumeVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume", abstract: "Go on with a sweep that was paused, or whose controller was killed.")
    @OptionGroup var sweep: SweepArgument
    @Option(help: ArgumentHelp("So many trials more.", valueName: "count"))
    var more: Int?
    @OptionGroup var attending: SweepAttendance
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        if let more, more < 1 { throw ValidationError("--more is \(more), expected 1 or more") }
    }

    func run() throws {
        let client = try service.connect()
        let deadline = try attending.deadline(after: Date())
        try SweepCatalog(client).change(sweep.name) { definition in
            definition.intent = .run
            definition.deadline = deadline
            definition.study.trials += more ?? 0
        }
        try attending.attend(sweep.name, client, service)
    }
}

struct SweepWatchVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Show a sweep while it runs, from any machine.")
    @OptionGroup var sweep: SweepArgument
    @OptionGroup var service: ServiceOptions

    func run() throws {
        try SweepAttendance.watch(sweep.name, service.connect())
    }
}
