import Foundation
import Messages
import TestSupport
import Testing

/// What sweeps ask of a service, with real training workers: rungs, a worker that is sick, and room on the disk.
@Suite(.serialized, .timeLimit(.minutes(10))) struct SweepServiceTests {
    private struct TimedOut: Error {}

    /// A service with the model `tiny` and the data set `toy`.
    private func service(_ options: [String]) throws -> (ServiceUnderTest, RawClient) {
        let service = try ServiceUnderTest.withTinyModel(options: options)
        let client = try RawClient(basePort: service.basePort, topics: ["e1/", "v1/"])
        let bytes = Array(FineTuneTests.table().utf8)
        let digest = Digest(of: bytes)
        _ = try client.ask(.put(Put(digest: digest, size: bytes.count, bytes: bytes)))
        let manifest = try Manifest([ManifestFile(path: "toy.csv", size: bytes.count, digest: digest)])
        _ = try client.ask(.register(name: ModelName("toy"), manifest, kind: .data))
        return (service, client)
    }

    private func command(_ job: String, epochs: Int = 4, change: (inout FineTune) -> Void = { _ in }) throws -> Command
    {
        let settings = ["epochs": "\(epochs)", "batch_size": "8", "learning_rate": "0.01", "seed": "5"]
        var fineTune = FineTune(
            model: try ModelReference("tiny"), task: "classification",
            data: [try DataFile(role: "train", data: DataReference("toy"))],
            settings: settings.sorted { $0.key < $1.key }.map { Setting(name: $0.key, value: $0.value) })
        change(&fineTune)
        let address = JobAddress(
            clientID: try Identifier("tests"), group: try Identifier("sweep"), jobID: try Identifier(job))
        return Command(address: address, priority: .bulk, body: .work(.fineTune(fineTune)))
    }

    private func weights(of model: String, _ client: RawClient) throws -> Digest? {
        guard case .models(let models) = try client.ask(.listModels(name: ModelName(model), kind: .model)) else {
            return nil
        }
        return models.last?.manifest?.files.first { $0.path == "model.safetensors" }?.digest
    }

    /// Until every job of the sweep has ended; polls, since a test's client drops what it does not wait for.
    private func ended(_ count: Int, _ client: RawClient) throws -> [JobSummary] {
        let deadline = ContinuousClock.now + .seconds(120)
        while ContinuousClock.now < deadline {
            let list = ListJobs(state: nil, group: try Identifier("sweep"), limit: 100)
            if case .jobs(let jobs) = try client.ask(.list(list)), jobs.count == count,
                jobs.allSatisfy(\.state.isTerminal)
            {
                return jobs
            }
            usleep(100_000)
        }
        throw TimedOut()
    }

    @Test func aTrialClimbsItsRungsAndItsCheckpointsGo() throws {
        let (service, client) = try service(["--training-workers", "2", "--lanes", "2"])
        defer { service.close() }
        var start: Digest?
        for (rung, stop) in [7, 30, 10_000].enumerated() {
            let stretch = try command("sweep.0.\(rung)") {
                $0.startFrom = start
                $0.stopAtStep = stop
            }
            try client.send([stretch.encoded()])
            guard case .succeeded(let end) = try client.verdict(on: "sweep.0.\(rung)") else { throw TimedOut() }
            #expect(end.model == nil && end.metrics.contains { $0.name == "eval_accuracy" && $0.value != nil })
            let checkpoint: Digest = try #require(end.checkpoint)
            start = checkpoint
        }
        for (job, name, from) in [("winner", "climbed", start), ("whole", "whole", nil)] {
            let command = try command(job) {
                $0.startFrom = from
                $0.name = try? ModelName(name)
            }
            try client.send([command.encoded()])
            guard case .succeeded(let end) = try client.verdict(on: job) else { throw TimedOut() }
            #expect(end.model?.description == "\(name)@1")
        }
        #expect(try weights(of: "climbed", client) != nil)
        #expect(try weights(of: "climbed", client) == weights(of: "whole", client))
        guard case .service(let status) = try client.ask(.status) else { throw TimedOut() }
        #expect(status.freeBytes ?? 0 > 0)
        let lanes = status.workers.map { "\($0.workerClass) \($0.lanes)" }.sorted()
        #expect(lanes == ["inference 2", "training 1", "training 1"], "training workers share the lanes")

        let folders = service.stateFolder.appending(path: "store/folders").path
        for job in ["sweep.0.0", "sweep.0.1", "sweep.0.2", "whole"] {
            guard case .released = try client.ask(.releaseCheckpoints(of: Identifier(job))) else { throw TimedOut() }
        }
        // The model, the data, and the two models that were made.
        let deadline = ContinuousClock.now + .seconds(30)
        let count = { try FileManager.default.contentsOfDirectory(atPath: folders).count }
        while try count() > 4, .now < deadline { usleep(100_000) }
        #expect(try count() == 4)
    }

    /// It shares the service's store, but where it works there is no room for a checkpoint.
    @Test(.enabled(if: SmallDisk.isPossible, "needs root and mount(8) for a small file system"))
    func aWorkerWithAFullDiskIsBarredAndCostsNoRun() throws {
        let disk = try SmallDisk(megabytes: 1)
        defer { disk.close() }
        let (service, client) = try service(["--lanes", "1"])
        defer { service.close() }
        try FileManager.default.createSymbolicLink(
            at: disk.folder.appending(path: "store"),
            withDestinationURL: service.stateFolder.appending(path: "store"))
        try disk.fill(disk.folder.appending(path: "filler"))
        let sick = Programs.process(
            "bertd",
            [
                "worker", "--class", "training", "--server", service.address, "--state-dir", disk.folder.path,
                "--worker-id", "sick", "--lanes", "1",
            ])
        sick.standardError = FileHandle.nullDevice
        try sick.run()
        defer {
            sick.terminate()
            sick.waitUntilExit()
        }
        let deadline = ContinuousClock.now + .seconds(30)
        while try worker("sick", client) == nil, .now < deadline { usleep(50_000) }
        for trial in 0..<6 { try client.send([command("sweep.\(trial).0", epochs: 2).encoded()]) }
        let jobs = try ended(6, client)
        #expect(jobs.allSatisfy { $0.state == .succeeded && $0.failedTries == 0 }, "\(jobs)")
        #expect(try worker("sick", client)?.state == .barred)
        #expect(try client.counter("failed_tries") == 3)
    }

    private func worker(_ name: String, _ client: RawClient) throws -> WorkerSummary? {
        guard case .service(let status) = try client.ask(.status) else { return nil }
        return status.workers.first { $0.workerID.string == name }
    }
}
