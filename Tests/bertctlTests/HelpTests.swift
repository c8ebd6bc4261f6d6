import Foundation
import Testing

/// Help is an interface: it changes only with its fixture.
///
/// To renew one: `bertctl VERB --help > Tests/bertctlTests/Help/VERB.txt` with COLUMNS=100.
struct HelpTests {
    @Test(
        arguments: [
            "", "embed", "classify", "ask", "tag", "finetune", "evaluate", "data", "data add", "data list",
            "data remove", "watch", "show", "result", "list", "status", "cancel", "models", "models add", "models list",
            "models show", "models export", "models remove", "bench", "sweep", "sweep run", "sweep init",
            "sweep resume",
            "sweep watch", "sweep list", "sweep status", "sweep trials", "sweep best", "sweep pause", "sweep stop",
            "sweep cancel", "sweep export", "sweep promote", "sweep control",
        ])
    func helpIsAsCommitted(_ verb: String) throws {
        let words = verb.split(separator: " ").map(String.init)
        let name = words.isEmpty ? "bertctl" : words.joined(separator: "-")
        let fixture = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Help/\(name).txt")
        let result = try Program.run(words + ["--help"])
        #expect(result.status == 0 && result.errors == "")
        #expect(result.output == (try String(contentsOf: fixture, encoding: .utf8)))
    }
}
