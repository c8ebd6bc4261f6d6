import Foundation
import TestSupport
import Testing

/// bertctl against a real service with a tiny model.
@Suite(.serialized, .timeLimit(.minutes(5))) struct BertctlTests {
    private func write(_ text: String, _ name: String, in service: ServiceUnderTest) throws -> String {
        let url = service.folder.appending(path: name)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    private func objects(_ lines: String) throws -> [[String: Any]] {
        try lines.split(separator: "\n").map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
    }

    @Test func textsLinesMembersAndColumnsGiveTheSameVectors() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let embed = ["embed", "--model", "tiny", "-o", "json"]
        let given = try service.bertctl(embed + ["one text", "another, \"quoted\""])
        #expect(given.status == 0 && given.errors == "")
        let lines = try service.bertctl(embed + ["--input", "-"], input: "one text\nanother, \"quoted\"\n")
        let json = try service.bertctl(
            embed + ["--input", "-", "--field", "t"],
            input: #"{"t":"one text"}"# + "\n" + #"{"t":"another, \"quoted\""}"#)
        let table = try write("id,t\n1,one text\n2,\"another, \"\"quoted\"\"\"\n", "texts.csv", in: service)
        let column = try service.bertctl(embed + ["--input", table, "--text", "t"])
        for other in [lines, json, column] { #expect(other.output == given.output && other.status == 0) }
        let vectors = try objects(given.output).map { try #require($0["vector"] as? [Double]) }
        #expect(vectors.map(\.count) == [TinyModel.hiddenSize, TinyModel.hiddenSize])
    }

    @Test func aKilledRunIsPickedUpByTheSameCommand() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let texts = (0..<3000).map { "text number \($0 % 700)" }.joined(separator: "\n")
        let input = try write(texts, "texts.txt", in: service)
        let output = service.folder.appending(path: "v.npy")
        let arguments = ["embed", "--model", "tiny", "--texts-per-job", "20", "--input", input, "--output"]
        let killed = Programs.process("bertctl", arguments + [output.path, "--server", service.address])
        try killed.run()
        let deadline = ContinuousClock.now + .seconds(60)
        while !FileManager.default.fileExists(atPath: output.path + ".part"), ContinuousClock.now < deadline,
            killed.isRunning
        {
            usleep(1000)
        }
        kill(killed.processIdentifier, SIGKILL)
        killed.waitUntilExit()
        let again = try service.bertctl(arguments + [output.path])
        #expect(again.status == 0 && again.errors == "")
        let undisturbed = service.folder.appending(path: "w.npy")
        let whole = try service.bertctl(arguments + [undisturbed.path, "--priority", "interactive"])
        #expect(whole.status == 0)
        #expect(try Data(contentsOf: output) == Data(contentsOf: undisturbed))
        #expect(!FileManager.default.fileExists(atPath: output.path + ".part"))
        // 150 jobs of either run, and not one more.
        let jobs = try service.bertctl(["list", "--limit", "1000", "-o", "json"]).output.split(separator: "\n")
        #expect(jobs.count == 300)
    }

    @Test func badRowsAreToldAndFailAlone() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let input = service.folder.appending(path: "bad.txt")
        let long = String(repeating: "word ", count: 200)
        try Data("good\n\n".utf8 + [0xC3, 0x28, 0x0A] + Data(long.utf8)).write(to: input)
        let bad = try service.bertctl(["embed", "--model", "tiny", "--input", input.path, "-o", "json"])
        #expect(bad.status == 65)
        #expect(try objects(bad.output).map { $0["status"] as? String } == [nil, "empty", "rejected", "truncated"])
        for sentence in ["1 row truncated to the model's limit: 4", "1 row empty: 2", "1 row rejected: 3"] {
            #expect(bad.errors.contains(sentence))
        }
        let strict = try service.bertctl(["embed", "--model", "tiny", "--input", input.path, "--strict"])
        #expect(strict.status == 65 && strict.output == "")
        let huge = try write("a\n" + String(repeating: "x", count: 10_000_000), "huge.txt", in: service)
        let refused = try service.bertctl(["embed", "--model", "tiny", "--input", huge])
        #expect(refused.status == 65 && refused.errors.contains("row 2"))
        let unknown = try service.bertctl(["embed", "--model", "absent", "text"])
        #expect(unknown.status == 1 && unknown.errors.contains("no model 'absent'"))
    }

    @Test func aJobIsFollowedShownFetchedAndCancelled() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let texts = try service.bertctl(["embed", "--model", "tiny", "a", "b", "-o", "json"])
        let job = try #require(try objects(service.bertctl(["list", "-o", "json"]).output)[0]["job_id"] as? String)
        let watched = try service.bertctl(["watch", job])
        #expect(watched.status == 0)
        let words = watched.output.split(separator: "\n").map { $0.split(separator: " ")[2] }
        #expect(words == ["accepted", "started", "succeeded"])
        #expect(try service.bertctl(["show", job]).output.contains("2 of 2 done"))
        let result = try objects(service.bertctl(["result", job, "-o", "json"]).output)
        #expect(
            result.map { $0["vector"] as? [Double] } == (try objects(texts.output).map { $0["vector"] as? [Double] }))
        #expect(try service.bertctl(["cancel", job]).status == 1)
        #expect(try service.bertctl(["show", "absent"]).status == 1)
        #expect(try service.bertctl(["status"]).status == 0)
    }

    @Test func cancelledWorkIsDoneAgainAndInterruptedWatchingLeavesIt() throws {
        let service = try ServiceUnderTest()
        defer { service.close() }
        let model = service.folder.appending(path: "tiny")
        try TinyModel.write(to: model)
        try service.start(["--no-worker"])
        let deadline = ContinuousClock.now + .seconds(30)
        while try service.bertctl(["status"]).status == 69, ContinuousClock.now < deadline { usleep(20_000) }
        #expect(try service.bertctl(["status"]).status == 75)
        #expect(try service.bertctl(["models", "add", model.path]).output == "tiny@1\n")

        let embed = Programs.process("bertctl", ["embed", "--model", "tiny", "a", "--server", service.address])
        embed.standardOutput = FileHandle.nullDevice
        let errors = Pipe()
        embed.standardError = errors
        try embed.run()
        var jobs: [[String: Any]] = []
        while jobs.isEmpty, ContinuousClock.now < deadline {
            jobs = try objects(service.bertctl(["list", "-o", "json"]).output)
        }
        let job = try #require(jobs.first?["job_id"] as? String)
        #expect(try service.bertctl(["watch", job, "--timeout", "0.2"]).status == 124)
        let cancelled = try service.bertctl(["cancel", job, "--reason", "why"])
        #expect(cancelled.status == 0 && cancelled.output == "\(job) cancelled\n")
        embed.waitUntilExit()
        #expect(embed.terminationStatus == 1)
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        #expect(said.contains("no worker is ready") && said.contains("was cancelled: why"))
        #expect(try service.bertctl(["watch", job]).status == 1)
        // The old verdict is not the new one's: the same command makes a second attempt.
        let again = Programs.process("bertctl", ["embed", "--model", "tiny", "a", "--server", service.address])
        again.standardError = Pipe()
        try again.run()
        while jobs.count < 2, ContinuousClock.now < deadline {
            jobs = try objects(service.bertctl(["list", "-o", "json"]).output)
        }
        let second = try #require(jobs.first?["job_id"] as? String)
        #expect(second != job)
        for signal in [SIGINT, SIGTERM] {
            let watch = Programs.process("bertctl", ["watch", second, "--server", service.address])
            let (output, errors) = (Pipe(), Pipe())
            watch.standardOutput = output
            watch.standardError = errors
            try watch.run()
            _ = output.fileHandleForReading.availableData
            kill(watch.processIdentifier, signal)
            watch.waitUntilExit()
            #expect(watch.terminationStatus == 128 + signal)
            let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(said.contains("return with: bertctl watch \(second)"))
        }
        kill(again.processIdentifier, SIGTERM)
        again.waitUntilExit()
        #expect(again.terminationStatus == 143)
    }

    @Test func modelsAreAddedShownListedAndRemoved() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let model = service.folder.appending(path: "tiny").path
        #expect(try service.bertctl(["models", "add", model]).output == "tiny@1\n")
        #expect(try service.bertctl(["models", "add", model, "--name", "other"]).output == "other@1\n")
        #expect(try service.bertctl(["models", "show", "other"]).output.contains("config.json"))
        let names = try objects(service.bertctl(["models", "list", "-o", "json"]).output).map { $0["model"] as? String }
        #expect(Set(names) == ["tiny@1", "other@1"])
        #expect(try service.bertctl(["models", "remove", "other"]).output == "other@1\n")
        #expect(try service.bertctl(["models", "show", "other"]).status == 1)
        let none = service.folder.appending(path: "none")
        try FileManager.default.createDirectory(at: none, withIntermediateDirectories: true)
        let refused = try service.bertctl(["models", "add", none.path])
        #expect(refused.status == 65 && refused.errors.contains("config.json"))
    }

    @Test(arguments: [["--rate", "50"], ["--concurrency", "4", "--texts-per-job", "3"]])
    func aBenchmarkMeasures(_ load: [String]) throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let ended = try service.bertctl(
            ["bench", "--model", "tiny", "--duration", "1", "--warmup", "0.2", "--words", "2-9", "-o", "json"] + load)
        #expect(ended.status == 0)
        let measured = try objects(ended.output)[0]
        #expect((measured["jobs"] as? Int ?? 0) > 0 && measured["failed_jobs"] as? Int == 0)
        // A slow machine may finish nothing within the measured second, but in the end all of it.
        #expect((measured["p50_ms"] as? Double ?? 0) > 0)
    }
}
