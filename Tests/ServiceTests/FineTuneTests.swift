import Foundation
import Messages
import TestSupport
import Testing

/// Fine-tuning through the queue with real processes: a tiny model on a tiny table.
@Suite(.serialized, .timeLimit(.minutes(10))) struct FineTuneTests {
    /// Rows of letters, labelled by whether most of them are vowels.
    static func table(rows: Int = 160) -> String {
        var random = Seeded(2)
        let lines = (0..<rows).map { _ -> String in
            let letters = (0..<Int.random(in: 3...12, using: &random)).map { _ in
                "abcdeijou".randomElement(using: &random) ?? "a"
            }
            let vowels = letters.count { "aeiou".contains($0) }
            return letters.map(String.init).joined(separator: " ") + (vowels * 2 > letters.count ? ",soft" : ",hard")
        }
        return (["text,label"] + lines).joined(separator: "\n") + "\n"
    }

    /// A run of some seconds, with a checkpoint every few hundred milliseconds.
    private static let settings = ["epochs=12", "batch_size=8", "learning_rate=0.01", "seed=5"].flatMap {
        ["--set", $0]
    }

    private func service(_ options: [String] = []) throws -> (ServiceUnderTest, table: String) {
        let service = try ServiceUnderTest.withTinyModel(options: options)
        let table = service.folder.appending(path: "toy.csv")
        try Data(Self.table().utf8).write(to: table)
        return (service, table.path)
    }

    private func weights(of model: String, _ service: ServiceUnderTest) throws -> Digest {
        let client = try RawClient(basePort: service.basePort)
        guard case .models(let models) = try client.ask(.listModels(name: ModelName(model), kind: .model)),
            let file = models.last?.manifest?.files.first(where: { $0.path == "model.safetensors" })
        else { throw Unexpected() }
        return file.digest
    }

    @Test func aTableBecomesAModelThatAnswersAtOnce() throws {
        let (service, table) = try service()
        defer { service.close() }
        let trained = try service.bertctl(["finetune", table, "--model", "tiny", "--name", "toy"] + Self.settings)
        #expect(trained.status == 0 && trained.output.contains("toy@1"), "\(trained.errors)")
        let labels = try service.bertctl(["classify", "--model", "toy", "-o", "json", "a e i o", "b c d b"])
        #expect(labels.status == 0 && labels.output.contains("soft") && labels.output.contains("hard"))
        let judged = try service.bertctl(["evaluate", "--model", "toy", "--data", table, "-o", "json"])
        #expect(judged.status == 0 && judged.output.contains("accuracy"), "\(judged.errors)")
        let vectors = try service.bertctl(["embed", "--model", "toy", "a e i o"])
        #expect(vectors.status == 0)
        let tags = try service.bertctl(["tag", "--model", "toy", "a e i o"])
        #expect(tags.status == 1 && tags.errors.contains("BertForSequenceClassification"))
        let again = try service.bertctl(
            ["finetune", table, "--model", "tiny", "--name", "toy", "--set", "epochs=1", "--set", "seed=6"])
        #expect(again.status == 0 && again.output.contains("toy@2"))
    }

    /// Two runs of the same job: one left alone on one lane, one on two lanes whose worker is killed again and again.
    @Test func aKilledRunGoesOnAndLeavesTheSameBytes() throws {
        let isLong = ProcessInfo.processInfo.environment["BERTD_TEST_ALL"] != nil
        let (calm, table) = try service(["--lanes", "1"])
        defer { calm.close() }
        let finetune = ["finetune", table, "--model", "tiny", "--name", "toy"] + Self.settings
        #expect(try calm.bertctl(finetune).status == 0)

        let (troubled, other) = try service(["--lanes", "2"])
        defer { troubled.close() }
        let process = Programs.process(
            "bertctl", ["finetune", other] + finetune.dropFirst(2) + ["--server", troubled.address])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let client = try RawClient(basePort: troubled.basePort, topics: ["v1/"])
        try process.run()
        var random = Seeded(7)
        for count in 0..<(isLong ? 10 : 3) {
            // A job whose workers die without getting anywhere is given up: so each gets as far as a checkpoint.
            _ = try client.event("a checkpoint") { if case .checkpoint = $0.body { true } else { false } }
            usleep(UInt32.random(in: 0..<200_000, using: &random))
            guard process.isRunning, let worker = try? troubled.process(of: .training) else { break }
            kill(worker, count.isMultiple(of: 3) ? SIGTERM : SIGKILL)
        }
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try weights(of: "toy", troubled) == weights(of: "toy", calm))
    }

    @Test func aCancelledRunStopsAndItsWorkerTakesTheNext() throws {
        let (service, table) = try service()
        defer { service.close() }
        let client = try RawClient(basePort: service.basePort, topics: ["v1/", "e1/"])
        let started = try service.bertctl(
            ["finetune", table, "--model", "tiny", "--name", "long", "--no-watch", "--set", "epochs=5000"])
        let job = started.output.trimmingCharacters(in: .whitespacesAndNewlines)
        _ = try client.event("a checkpoint") { if case .checkpoint = $0.body { true } else { false } }
        let worker = try service.process(of: .training)
        #expect(try service.bertctl(["cancel", job]).status == 0)
        let next = try service.bertctl(["finetune", table, "--model", "tiny", "--name", "next", "--set", "epochs=1"])
        #expect(next.status == 0 && next.output.contains("next@1"), "\(next.errors)")
        #expect(try service.process(of: .training) == worker)
    }

    @Test func badDataAreNamedByTheirPlaceAndTheServiceLivesOn() throws {
        let (service, table) = try service()
        defer { service.close() }
        let dev = service.folder.appending(path: "dev.csv")
        try Data("text,label\na e,soft\nb c,unheard\n".utf8).write(to: dev)
        let bad = try service.bertctl(
            ["finetune", table, "--dev", dev.path, "--model", "tiny", "--name", "toy"] + Self.settings)
        #expect(bad.status == 1 && bad.errors.contains("dev.csv") && bad.errors.contains("unheard"), "\(bad.errors)")
        #expect(try service.bertctl(["classify", "--model", "tiny", "a"]).errors.contains("without a head"))
        #expect(try service.bertctl(["embed", "--model", "tiny", "a"]).status == 0)
    }

    @Test func killingTheTrainerTouchesNoInference() throws {
        let (service, table) = try service()
        defer { service.close() }
        let client = try RawClient(basePort: service.basePort, topics: ["v1/", "e1/"])
        _ = try service.bertctl(
            ["finetune", table, "--model", "tiny", "--name", "long", "--no-watch", "--set", "epochs=5000"])
        _ = try client.event("a checkpoint") { if case .checkpoint = $0.body { true } else { false } }
        let (trainer, server) = (try service.process(of: .training), try service.process(of: .inference))
        // It yields the cores to the other, and when memory runs out it is the first to go.
        #expect(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(trainer)) == 19)
        #expect(getpriority(__priority_which_t(PRIO_PROCESS.rawValue), id_t(server)) < 19)
        #expect(try String(contentsOfFile: "/proc/\(trainer)/oom_score_adj", encoding: .utf8) == "500\n")
        try client.send([Command.embed("j", (0..<3000).map { Text("text \($0)") }).encoded()])
        kill(trainer, SIGKILL)
        guard case .succeeded = try client.verdict(on: "j") else { throw Unexpected() }
        #expect(try service.process(of: .inference) == server)
    }
}
