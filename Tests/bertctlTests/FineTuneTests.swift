import Foundation
import Messages
import Testing

/// `bertctl finetune` and what goes with it, against a service that only says that it trains.
@Suite(.timeLimit(.minutes(1)))
struct FineTuneTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "finetune-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func file(_ name: String, _ content: String) throws -> String {
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(content.utf8).write(to: url)
        return url.path
    }

    private func fineTune(_ trainer: FakeTrainer) throws -> FineTune {
        let found = trainer.commands.compactMap { command in
            if case .work(.fineTune(let work)) = command.body { work } else { nil }
        }
        #expect(found.count == 1)
        return try #require(found.first)
    }

    private let table = "body,rating\ngood book,5\nbad book,1\n"

    @Test func aPersonsFileIsSentOnceAndTrainedOnByItsName() throws {
        let trainer = try FakeTrainer()
        defer { trainer.stop() }
        let path = try file("my reviews.csv", table)
        let arguments = [
            "finetune", path, "--text", "body", "--label", "rating", "--model", "base", "--lr", "1e-4", "--set",
            "num_train_epochs=2", "--seed", "7",
        ]
        let result = try Program.run(arguments, environment: trainer.environment)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("SET    ROWS  DUPLICATES  CUT"))
        #expect(result.output.contains("step 3  epoch 1.00  dev  accuracy 0.5000"))
        #expect(result.output.contains("my-reviews@1, after 3.0 s"))
        #expect(result.errors.contains("bertctl classify --model my-reviews \"TEXT\""))
        let work = try fineTune(trainer)
        #expect(work.model.description == "base@2" && work.task == "classification")
        #expect(work.columns == ColumnNames(text: "body", text2: nil, label: "rating"))
        #expect(
            work.settings == [
                Setting(name: "learning_rate", value: "1e-4"), Setting(name: "seed", value: "7"),
                Setting(name: "epochs", value: "2"),
            ])
        #expect(
            try work.data == [
                DataFile(role: "train", data: .named(ModelReference("my-reviews@1")), path: "my reviews.csv")
            ])
        // The same command is the same run, and the data stay what they were.
        let again = try Program.run(arguments, environment: trainer.environment)
        #expect(again.status == 0 && again.errors.contains("this very run is there already: succeeded"))
        #expect(trainer.commands.count == 1 && trainer.dataSets.count == 1)
        // By the name of the data it is the same run, too.
        let named = try Program.run(
            ["finetune", "my-reviews"] + arguments.dropFirst(2), environment: trainer.environment)
        #expect(named.status == 0 && trainer.commands.count == 1, "\(named.errors)")
    }

    @Test func aKnownDataSetIsAFolderOfItsOfficialFiles() throws {
        let trainer = try FakeTrainer()
        defer { trainer.stop() }
        for name in ["MRPC/train.tsv", "MRPC/dev.tsv", "MRPC/notes.txt"] { _ = try file(name, "x") }
        let result = try Program.run(
            ["finetune", folder.appending(path: "MRPC").path, "--task", "MRPC", "--model", "base", "--name", "twins"],
            environment: trainer.environment)
        #expect(result.status == 0, "\(result.errors)")
        let work = try fineTune(trainer)
        #expect(work.task == "mrpc" && work.name?.string == "twins")
        #expect(work.data.map(\.role) == ["train", "dev"] && work.data.map(\.path) == ["train.tsv", "dev.tsv"])
        #expect(trainer.dataSets.first?.manifest?.files.map(\.path) == ["dev.tsv", "train.tsv"])
    }

    @Test func programsGetLinesOfJSON() throws {
        let trainer = try FakeTrainer()
        defer { trainer.stop() }
        let path = try file("r.csv", "text,label\na,b\n")
        let result = try Program.run(
            ["finetune", path, "--model", "base", "-o", "json"], environment: trainer.environment)
        #expect(result.status == 0, "\(result.errors)")
        let events = try result.output.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(events.map { $0["event"] as? String } == ["accepted", "survey", "metrics", "succeeded"])
        #expect(events.last?["model"] as? String == "r@1")
    }

    @Test func aDryRunTrainsAndNamesNothing() throws {
        let trainer = try FakeTrainer()
        defer { trainer.stop() }
        let path = try file("r.csv", "text,label\na,b\n")
        let result = try Program.run(
            ["finetune", path, "--model", "base", "--dry-run"], environment: trainer.environment)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("3 steps") && !result.output.contains("@1"))
        #expect(result.errors.contains("nothing was trained"))
        #expect(try fineTune(trainer).name == nil)
    }

    @Test func withoutWatchingOnlyTheJobIsNamed() throws {
        let trainer = try FakeTrainer()
        defer { trainer.stop() }
        let path = try file("r.csv", "text,label\na,b\n")
        let result = try Program.run(
            ["finetune", path, "--model", "base", "--no-watch"], environment: trainer.environment)
        let id = try #require(trainer.commands.first?.jobID)
        #expect(result.output == "\(id)\n")
        let watched = try Program.run(["watch", id.string], environment: trainer.environment)
        #expect(watched.status == 0 && watched.output.contains("r@1, after 3.0 s"), "\(watched.errors)")
        let rows = try Program.run(["result", id.string], environment: trainer.environment)
        #expect(rows.status == 2 && rows.errors.contains("bertctl watch \(id)"))
    }

    @Test func interruptedItLeavesTheTrainingRunningAndSaysHowToReturn() throws {
        let trainer = try FakeTrainer(isEndless: true)
        defer { trainer.stop() }
        let path = try file("r.csv", "text,label\na,b\n")
        let process = Program.process(["finetune", path, "--model", "base"], environment: trainer.environment)
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        var said = ""
        while !said.contains("bertctl: job ") {
            let more = errors.fileHandleForReading.availableData
            try #require(!more.isEmpty, "\(said)")
            said += String(decoding: more, as: UTF8.self)
        }
        process.interrupt()
        said += String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        let id = try #require(trainer.commands.first?.jobID)
        #expect(said.contains("the training goes on; return with: bertctl watch \(id)"))
    }

    @Test func aFailureSaysWhereItIsAndTheNextTryIsAnotherJob() throws {
        let trainer = try FakeTrainer(
            failure: ServiceError(.invalid, "expected a label, found none", field: "label", file: "r.csv", line: 12))
        defer { trainer.stop() }
        let path = try file("r.csv", "text,label\na,b\n")
        for count in 1...2 {
            let result = try Program.run(["finetune", path, "--model", "base"], environment: trainer.environment)
            #expect(result.status == 1)
            #expect(result.errors.contains("r.csv:12: field 'label': expected a label, found none"))
            #expect(trainer.commands.count == count)
        }
    }

    @Test(
        arguments: [
            (["--text", "bod"], 65, "r.csv:1: no column 'bod', found 'body', 'rating'; did you mean 'body'?"),
            (["--text", "body", "--label", "stars"], 65, "no column 'stars'"),
            (["--text", "body", "--label", "rating", "--set", "learning_rat=1"], 2, "did you mean 'learning_rate'?"),
            (["--lr", "1e9"], 2, "learning_rate: expected"), (["--batch-size", "0"], 2, "batch_size: expected"),
            (["--set", "lr"], 2, "expected name=value"), (["--task", "mrpd"], 2, "did you mean 'mrpc'?"),
            (["--task", "sst-2", "--regression"], 2, "--regression and --task"),
            (["--dev", "/no/such/dev.csv"], 66, "/no/such/dev.csv cannot be read"),
            (["--text", "body", "--label", "rating", "--name", "a b"], 2, "name"),
        ] as [([String], Int32, String)])
    func whatIsWrongIsSaidBeforeAnythingIsSent(_ options: [String], _ status: Int32, _ sentence: String) throws {
        let path = try file("r.csv", table)
        let result = try Program.run(
            ["finetune", path, "--model", "base"] + options, environment: ["BERTD_SERVER": "127.0.0.1:1"])
        #expect(result.status == status && result.output == "")
        #expect(result.errors.contains(sentence), "\(result.errors)")
    }

    @Test func theResultDoesNotHideTheModelItBeganWith() throws {
        let path = try file("base.csv", "text,label\na,b\n")
        let result = try Program.run(
            ["finetune", path, "--model", "base@1"], environment: ["BERTD_SERVER": "127.0.0.1:1"])
        #expect(result.status == 2 && result.errors.contains("give it a --name"))
    }

    @Test func settingsAreListedWithoutAService() throws {
        let result = try Program.run(
            ["finetune", "--list-settings", "--task", "squad-1.1"], environment: ["BERTD_SERVER": "127.0.0.1:1"])
        #expect(result.status == 0)
        #expect(result.output.contains("learning_rate") && result.output.contains("stride"))
        #expect(!result.output.contains("class_weights"))
    }

    @Test func evaluationsAreJobsOfTheirOwn() throws {
        let trainer = try FakeTrainer()
        defer { trainer.stop() }
        let path = try file("r.csv", table)
        let result = try Program.run(
            ["evaluate", "--model", "base", "--data", path, "--text", "body", "--label", "rating"],
            environment: trainer.environment)
        #expect(result.status == 0 && result.output.contains("eval_accuracy  0.5000"), "\(result.errors)")
        guard case .work(.evaluate(let work))? = trainer.commands.first?.body else {
            Issue.record("expected an evaluation")
            return
        }
        #expect(work.task == nil && work.data.map(\.role) == ["dev"])
    }

    @Test func dataAreAddedListedAndKnown() throws {
        let trainer = try FakeTrainer()
        defer { trainer.stop() }
        let path = try file("r.csv", table)
        for _ in 0..<2 {
            let result = try Program.run(["data", "add", path], environment: trainer.environment)
            #expect(result.status == 0 && result.output == "r@1\n", "\(result.errors)")
        }
        let list = try Program.run(["data", "list"], environment: trainer.environment)
        #expect(list.output.contains("DATA") && list.output.contains("r@1"))
        let absent = try Program.run(["finetune", "nothing", "--model", "base"], environment: trainer.environment)
        #expect(absent.status == 66 && absent.errors.contains("no data set of this name"), "\(absent.errors)")
    }

    @Test func aFileIsClassifiedWithAllItsColumns() throws {
        let trainer = try FakeTrainer()
        defer { trainer.stop() }
        let rows = (1...700).map { "\($0),\($0 % 2 == 0 ? "longer" : "no")" }
        let path = try file("new.csv", (["id,body"] + rows).joined(separator: "\n"))
        let output = folder.appending(path: "out.csv").path
        let result = try Program.run(
            ["classify", "--model", "base", "--input", path, "--text", "body", "--output", output],
            environment: trainer.environment)
        #expect(result.status == 0, "\(result.errors)")
        let expected = rows.map { $0 + ($0.hasSuffix("no") ? ",bad,0.75,false" : ",good,0.75,false") }
        #expect(
            try String(contentsOfFile: output, encoding: .utf8)
                == (["id,body,label,score,truncated"] + expected).joined(separator: "\n") + "\n")
        #expect(trainer.commands.count == 3)
    }

    @Test func textsAreClassifiedOnTheTerminal() throws {
        let trainer = try FakeTrainer()
        defer { trainer.stop() }
        let result = try Program.run(["classify", "--model", "base", "longer", "no"], environment: trainer.environment)
        #expect(result.output == "TEXT    LABEL   SCORE\nlonger  good   0.7500\nno      bad    0.7500\n")
    }
}
