import Foundation
import Messages
import Store
import TestSupport
import Testing

/// A run from its command to its model, with a worker that computes nothing.
@Suite(.serialized) struct TrainingTests {
    /// A service whose training workers come by themselves, a model `tiny` and a data set `d`.
    private func start(_ more: [String] = []) throws -> (ServiceUnderTest, RawClient) {
        let service = try ServiceUnderTest()
        try service.start(["--no-worker"] + more)
        let client = try RawClient(basePort: service.basePort, topics: ["e1/", "v1/"])
        _ = try register("tiny", .model, ["config.json": "{}"], client)
        _ = try register("d", .data, ["train.tsv": "text\tlabel\nfine\t1\n", "dev.tsv": "text\tlabel\n"], client)
        return (service, client)
    }

    private func register(
        _ name: String, _ kind: StoredKind, _ files: [String: String], _ client: RawClient
    ) throws -> Reply.Body {
        let manifest = try Manifest(
            files.map { try ManifestFile(path: $0, size: $1.utf8.count, digest: Digest(of: Array($1.utf8))) })
        for text in files.values {
            let bytes = Array(text.utf8)
            _ = try client.ask(.put(Put(digest: Digest(of: bytes), size: bytes.count, bytes: bytes)))
        }
        return try client.ask(.register(name: ModelName(name), manifest, kind: kind))
    }

    private func command(_ job: String, change: (inout FineTune) -> Void = { _ in }) throws -> Command {
        var fineTune = FineTune(
            model: try ModelReference("tiny"), task: "classification",
            data: [try DataFile(role: "train", data: DataReference("d"), path: "train.tsv")],
            settings: [Setting(name: "lr", value: "2e-5")], name: try ModelName("reviews"))
        change(&fineTune)
        let client = try Identifier("tests")
        return Command(
            address: JobAddress(clientID: client, jobID: try Identifier(job)), body: .work(.fineTune(fineTune)))
    }

    /// Puts a folder with one file into the service's store, as a worker on the same machine does.
    private func save(_ text: String, in service: ServiceUnderTest) throws -> Manifest {
        let folder = service.folder.appending(path: "made-\(text)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appending(path: "weights"))
        return try Store(folder: service.stateFolder.appending(path: "store")).adopt(folder: folder)
    }

    @Test func aRunTellsOfItselfAndLeavesAModel() throws {
        let (service, client) = try start()
        defer { service.close() }
        try client.send([command("run").encoded()])
        _ = try client.event("acceptance with its settings") {
            guard case .accepted(let accepted) = $0.body else { return false }
            return accepted.settings == [Setting(name: "lr", value: "2e-5")]
        }
        let trainer = try ScriptedTrainer(basePort: service.basePort)
        let lease = try trainer.lease()
        guard case .fineTune(let work) = lease.work else {
            Issue.record("expected a training, found \(lease.work)")
            return
        }
        guard case .models(let sets) = try client.ask(.listModels(name: nil, kind: .data)) else { return }
        #expect(work.data.map(\.data) == [.digest(try #require(sets.first).digest)])
        let root = service.stateFolder.appending(path: "store")
        #expect(Store.madeFolder(try #require(sets.first).digest, in: root) != nil)

        let survey = Survey(
            sets: [DataSurvey(set: "train", rows: 1)], maxTokens: 128, totalSteps: 10, peakBytes: 1, machineBytes: 2)
        try trainer.report(.survey(number: 1, survey), of: lease)
        try trainer.waitUntilRecorded(1)
        try trainer.report(.progress(TrainingProgress(step: 4, totalSteps: 10, loss: 0.5)), of: lease)
        let metric = Metric(name: "accuracy", value: 0.75)
        try trainer.report(
            .metrics(number: 2, Metrics(step: 5, epoch: 1, set: "dev", metrics: [metric])), of: lease)
        let saved = SavedCheckpoint(manifest: try save("checkpoint", in: service), step: 5, isBest: true)
        try trainer.report(.checkpoint(number: 3, saved), of: lease)
        try trainer.waitUntilRecorded(3)
        var told: [String] = []
        _ = try client.event("the checkpoint") { event in
            if let topic = Topic(event), topic.topicClass == .progress { told.append(topic.type) }
            return event.body == .checkpoint(saved.checkpoint)
        }
        #expect(told == ["survey", "progress", "metrics", "checkpoint"])
        guard case .job(let job) = try client.ask(.show(jobID: Identifier("run"))) else { return }
        #expect(job.kind == "fine_tune" && job.state == .running && job.checkpoint == saved.checkpoint)

        let result = RunResult(model: try save("model", in: service), metrics: [metric])
        try trainer.send(
            .finished(Finished(fence: lease.fence, chunks: [], usage: Usage(), maxTokens: 128, run: result)))
        guard case .succeeded(let end) = try client.verdict(on: "run") else {
            Issue.record("expected success")
            return
        }
        #expect(end.model?.description == "reviews@1")
        #expect(end.metrics == [metric] && end.checkpoint == saved.checkpoint.digest)
        // At once: who has heard of the model can use it, and nothing of it is lost by a restart.
        try client.send([Command.embed("next", ["text"], model: "reviews").encoded()])
        _ = try client.event("acceptance") {
            if case .accepted(let accepted) = $0.body { accepted.model?.description == "reviews@1" } else { false }
        }
        try trainer.waitUntilSettled()
        guard case .piece(let bytes, let size) = try client.ask(.get(Digest(of: Array("model".utf8)), offset: 2)) else {
            Issue.record("expected bytes of the model")
            return
        }
        #expect(bytes == Array("del".utf8) && size == 5)
    }

    @Test func aRunGoesOnFromItsCheckpointWhoeverDies() throws {
        let (service, client) = try start()
        defer { service.close() }
        try client.send([command("run").encoded()])
        let first = try ScriptedTrainer(basePort: service.basePort)
        let lease = try first.lease()
        let saved = SavedCheckpoint(manifest: try save("checkpoint", in: service), step: 5, isBest: false)
        try first.report(.checkpoint(number: 1, saved), of: lease)
        try first.waitUntilRecorded(1)
        service.send(SIGKILL)
        _ = service.waitForEnd()
        try service.start(["--no-worker"])
        let second = try ScriptedTrainer(basePort: service.basePort, name: "second")
        let again = try second.lease()
        #expect(again.jobID.string == "run")
        #expect(again.resumeFrom == saved.manifest.digest)
        #expect(again.work == lease.work)
        // What the first one still says is of no lease of this broker's.
        try second.report(.note(number: 1, "late"), of: lease)
        try second.waitUntilRevoked(lease)
        let later = try RawClient(basePort: service.basePort, topics: ["e1/"])
        let address = JobAddress(clientID: try Identifier("tests"), jobID: try Identifier("run"))
        let cancel = Command(address: address, body: .cancel(reason: "enough"))
        try later.send([cancel.encoded()])
        #expect(try later.verdict(on: "run") == .cancelled(reason: "enough"))
        try second.waitUntilRevoked(again)
        guard case .job(let job) = try later.ask(.show(jobID: Identifier("run"))) else { return }
        #expect(job.checkpoint == saved.checkpoint)
    }

    private func refusal(of request: Request.Body, _ client: RawClient) throws -> ErrorCode? {
        if case .error(let error) = try client.ask(request) { error.code } else { nil }
    }

    @Test func checkpointsThatAreLetGoLeaveTheDisk() throws {
        let (service, client) = try start()
        defer { service.close() }
        let release = Request.Body.releaseCheckpoints(of: try Identifier("run"))
        #expect(try refusal(of: release, client) == .unknownJob)
        try client.send([command("run").encoded()])
        let trainer = try ScriptedTrainer(basePort: service.basePort)
        let lease = try trainer.lease()
        let saved = SavedCheckpoint(manifest: try save("checkpoint", in: service), step: 5, isBest: true)
        try trainer.report(.checkpoint(number: 1, saved), of: lease)
        try trainer.waitUntilRecorded(1)
        #expect(try refusal(of: release, client) == .conflict)
        try trainer.send(
            .finished(Finished(fence: lease.fence, chunks: [], usage: Usage(), maxTokens: 128, run: RunResult())))
        try trainer.waitUntilSettled()
        let root = service.stateFolder.appending(path: "store")
        let store = try Store(folder: root)
        let digest = saved.manifest.files[0].digest.hex
        // As if it had been there for a minute.
        for name in ["folders/\(saved.manifest.digest.hex)", "objects/\(digest.prefix(2))/\(digest.dropFirst(2))"] {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSinceNow: -86_160)], ofItemAtPath: root.appending(path: name).path)
        }
        #expect(try client.ask(release) == .released(byteCount: 10))
        #expect(try client.ask(release) == .released(byteCount: 0))
        let deadline = ContinuousClock.now + .seconds(30)
        while store.size(of: saved.manifest.files[0].digest) != nil, .now < deadline { usleep(100_000) }
        #expect(store.size(of: saved.manifest.files[0].digest) == nil)
        #expect(Store.madeFolder(saved.manifest.digest, in: root) == nil)
        let again = try command("again") { $0.startFrom = saved.manifest.digest }
        try client.send([again.encoded()])
        guard case .rejected(let error) = try client.verdict(on: "again") else {
            Issue.record("expected a rejection")
            return
        }
        #expect(error.code == .unknownObject)
    }

    @Test func whatCanBeToldBeforehandIsRejected() throws {
        let (service, client) = try start()
        defer { service.close() }
        let cases: [(String, ErrorCode, String, (inout FineTune) throws -> Void)] = [
            ("model", .unknownModel, "did you mean 'tiny'?", { $0.model = try ModelReference("tinny") }),
            ("task", .invalid, "did you mean 'classification'?", { $0.task = "clasification" }),
            ("setting", .invalid, "did you mean", { $0.settings = [Setting(name: "learning_rat", value: "1")] }),
            ("range", .invalid, "batch_size", { $0.settings = [Setting(name: "batch_size", value: "0")] }),
            (
                "data", .unknownData, "did you mean",
                { $0.data = [try DataFile(role: "train", data: DataReference("e"))] }
            ),
            (
                "version", .unknownData, "d@7",
                { $0.data = [try DataFile(role: "train", data: DataReference("d@7"), path: "train.tsv")] }
            ),
            (
                "file", .unknownData, "did you mean 'train.tsv'?",
                { $0.data = [try DataFile(role: "train", data: DataReference("d"), path: "trane.tsv")] }
            ),
            ("which", .invalid, "2 files", { $0.data = [try DataFile(role: "train", data: DataReference("d"))] }),
            (
                "role", .invalid, "'train'",
                { $0.data = [try DataFile(role: "dev", data: DataReference("d"), path: "dev.tsv")] }
            ),
            ("checkpoint", .unknownObject, "checkpoint", { $0.startFrom = Digest(of: [1]) }),
        ]
        for (name, code, sentence, change) in cases {
            var failure: (any Error)?
            let command = try command(name) { fineTune in
                do { try change(&fineTune) } catch { failure = error }
            }
            #expect(failure == nil)
            try client.send([command.encoded()])
            guard case .rejected(let error) = try client.verdict(on: name) else {
                Issue.record("expected a rejection of \(name)")
                continue
            }
            #expect(error.code == code, "\(name): \(error)")
            #expect(error.message.contains(sentence), "\(name): \(error)")
        }
    }

    @Test func namesOfModelsAndDataAreApart() throws {
        let (service, client) = try start()
        defer { service.close() }
        guard case .model(let model) = try register("d", .model, ["config.json": "{}"], client) else {
            Issue.record("expected a model")
            return
        }
        #expect(model.kind == .model && model.version == 1)
        guard case .models(let removed) = try client.ask(.removeModel(ModelReference("d"), kind: .data)) else {
            Issue.record("expected a removal")
            return
        }
        #expect(removed.map(\.kind) == [.data])
        try client.send([command("run").encoded()])
        guard case .rejected(let error) = try client.verdict(on: "run") else {
            Issue.record("expected a rejection")
            return
        }
        #expect(error.code == .unknownData)
    }
}
