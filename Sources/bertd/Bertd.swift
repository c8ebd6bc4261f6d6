import ArgumentParser
import Foundation

/// `bertd`: the programs of the service.
@main
struct Bertd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bertd",
        abstract: "A durable queue for BERT: texts in, vectors out.",
        discussion: """
            Every option can also be set by an environment variable: --state-dir by BERTD_STATE_DIR, and so on. What \
            stands on the command line wins.
            """,
        version: Version.current,
        subcommands: [ServeCommand.self, WorkerCommand.self, DoctorCommand.self])

    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let failure as Failure {
            FileHandle.standardError.write(Data("bertd: \(failure.message)\n".utf8))
            Foundation.exit(failure.exitCode)
        } catch {
            let code = exitCode(for: error)
            let text = fullMessage(for: error)
            let output = code.isSuccess ? FileHandle.standardOutput : FileHandle.standardError
            if !text.isEmpty { output.write(Data((text + "\n").utf8)) }
            // sysexits.h has 64 for bad usage, shells and most tools 2.
            Foundation.exit(code == .validationFailure ? 2 : code.rawValue)
        }
    }
}
