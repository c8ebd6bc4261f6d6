import ArgumentParser
import Terminal

/// The command line of a bertd service.
@main
struct Bertctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bertctl",
        abstract: "Give work to a bertd service, follow it, and fetch what comes back.",
        discussion: """
            Data goes to stdout, everything else to stderr.

            Exit codes: 0 done, 1 the answer is no, 2 usage, 65 bad data, 66 no such input, 69 no service, \
            75 try again later, 77 not permitted, 78 bad settings, 124 timed out, 130 and 143 interrupted.
            """,
        version: "bertctl 0.1.0",
        subcommands: [
            EmbedVerb.self, ClassifyVerb.self, AskVerb.self, TagVerb.self, FineTuneVerb.self, EvaluateVerb.self,
            WatchVerb.self, ShowVerb.self, ResultVerb.self, ListVerb.self, StatusVerb.self, CancelVerb.self,
            DataVerb.self, ModelsVerb.self, SweepVerb.self, BenchVerb.self,
        ])

    static func main() {
        Interruption.arm()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            end(with: error)
        }
    }

    /// Says why on stderr, and help on stdout, and leaves with the code that `ExitStatus` gives.
    private static func end(with error: any Error) -> Never {
        let status = ExitStatus(error)
        if let sentence = ExitStatus.sentence(error) {
            if !sentence.isEmpty { Screen.writeToErrors("bertctl: \(sentence)\n") }
        } else {
            let message = fullMessage(for: error)
            if status == .success {
                Screen.writeToOutput(message + "\n")
            } else {
                Screen.writeToErrors(message + "\n")
            }
        }
        status.exit()
    }
}
