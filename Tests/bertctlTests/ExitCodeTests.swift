import Foundation
import Testing

struct ExitCodeTests {
    /// Nothing listens on a privileged port of the loopback that nobody uses.
    private let nowhere = ["BERTD_SERVER": "127.0.0.1:1"]

    @Test(
        arguments: [
            ["embed", "a text", "--model", "m"], ["watch", "job"], ["watch", "--group", "g"], ["show", "job"],
            ["result", "job"], ["list"], ["status"], ["cancel", "job"], ["models", "list"], ["models", "show", "m"],
            ["models", "remove", "m"], ["models", "export", "m", "/no/such/folder/m"], ["models", "add", "minilm"],
            ["bench", "--model", "m"],
            ["classify", "a text", "--model", "m"], ["tag", "a text", "--model", "m"],
            ["ask", "--question", "q", "--context", "c", "--model", "m"], ["finetune", "named", "--model", "m"],
            ["evaluate", "--model", "m", "--data", "named"], ["data", "list"], ["data", "remove", "d"],
        ])
    func everyVerbSaysAtOnceThatNoServiceRunsAndHowToStartOne(_ arguments: [String]) throws {
        let result = try Program.run(arguments, environment: nowhere)
        #expect(result.status == 69)
        #expect(result.output == "")
        #expect(result.errors.contains("no service at 127.0.0.1:1") && result.errors.contains("'bertd serve'"))
    }

    @Test(
        arguments: [
            [], ["nonsense"], ["embed"], ["embed", "--model", "m"], ["embed", "x"],
            ["embed", "x", "--model", "m", "--input", "f"], ["embed", "x", "--model", "m", "--output", "v.txt"],
            ["embed", "x", "--model", "m", "--pooling", "median"], ["embed", "x", "--model", "no/name"],
            ["embed", "x", "--model", "m", "--pooling", "tokens", "--output", "v.npy"], ["watch"],
            ["watch", "job", "--group", "g"], ["show", "no/id"], ["list", "--state", "odd"], ["list", "--limit", "0"],
            ["bench", "--model", "m", "--rate", "1", "--concurrency", "1"], ["status", "--server", "a b"],
            ["status", "--timeout", "0"], ["models", "add", "hf:nothing"], ["classify", "--model", "m"],
            ["classify", "x", "--model", "m", "--text", "t"], ["classify", "x", "--model", "m", "--output", "o.npy"],
            ["classify", "--model", "m", "--input", "f.csv", "--text", "t", "--output", "o.jsonl"],
            ["classify", "--model", "m", "--input", "f.jsonl", "--text", "t", "--output", "o.csv"],
            ["tag", "--model", "m", "--input", "f.csv", "--text", "t", "--text2", "u"], ["ask", "--model", "m"],
            ["ask", "--model", "m", "--question", "q"], ["ask", "--model", "m", "--input", "f.csv", "--text", "t"],
            ["ask", "--model", "m", "--question", "q", "--context", "c", "--n-best", "0"], ["finetune"],
            ["finetune", "f"], ["evaluate", "--model", "m"], ["data", "add"],
            ["bench", "--model", "m", "--words", "9-3"],
        ])
    func wrongUsageIsTwo(_ arguments: [String]) throws {
        let result = try Program.run(arguments, environment: nowhere)
        #expect(result.status == (arguments.isEmpty ? 0 : 2))
        #expect(arguments.isEmpty || result.output == "")
    }

    @Test(
        arguments: [
            ["embed", "--input", "/no/such/file", "--model", "m"], ["embed", "--input", "/tmp", "--model", "m"],
            ["models", "add", "/no/such/folder"], ["data", "add", "/no/such/file"],
            ["classify", "--input", "/no/such/file", "--model", "m"], ["finetune", "/no/such/file", "--model", "m"],
            ["ask", "--question", "q", "--context-file", "/no/such/file", "--model", "m"],
        ])
    func aFileThatIsNotThereIsAnErrorAndNoText(_ arguments: [String]) throws {
        let result = try Program.run(arguments, environment: nowhere)
        #expect(result.status == 66)
    }
}
