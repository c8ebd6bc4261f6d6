import ArgumentParser
import Foundation
import Worker

/// `bertd doctor`: what this machine gives the service, and what is wrong with it.
struct DoctorCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Show what this machine offers, and what is in the way.",
        discussion: "Ends with 78 when the service could not run here.")

    @Option(help: ArgumentHelp("The folder that would be used (default: $XDG_STATE_HOME/bertd).", valueName: "folder"))
    var stateDir: String?

    func run() throws {
        let diagnosis = Diagnosis(stateFolder: try Setting.stateFolder(given: stateDir))
        let versions = LoadedLibrary.allCases.map { "\($0.rawValue) \($0.version ?? "not loaded")" }
        let findings =
            [("bertd", Version.current)] + diagnosis.findings + [("libraries", versions.joined(separator: ", "))]
        let width = findings.map(\.0.count).max() ?? 0
        for (name, value) in findings {
            print(name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + value)
        }
        for warning in diagnosis.warnings { print("warning: \(warning)") }
        for problem in diagnosis.problems { print("problem: \(problem)") }
        if !diagnosis.problems.isEmpty { throw ExitCode(78) }
    }
}
