import Foundation
import Messages
import TestSupport
import Testing

/// What a broker says of a state folder or ports that it cannot use, and what it keeps over a kill.
@Suite(.serialized) struct StateTests {
    @Test func aPortInUseIsSaidAndEndsWith75() throws {
        let first = try ServiceUnderTest.withTinyModel()
        defer { first.close() }
        let second = try Programs.run(
            "bertd",
            [
                "serve", "--no-worker", "--port", "\(first.basePort)", "--state-dir",
                first.folder.appending(path: "other").path,
            ])
        #expect(second.status == 75)
        #expect(second.errors.contains("\(first.basePort)"))
    }

    @Test func aStateFolderInUseIsSaidAndEndsWith75() throws {
        let first = try ServiceUnderTest.withTinyModel()
        defer { first.close() }
        let second = try Programs.run(
            "bertd",
            ["serve", "--no-worker", "--port", "\(try FreePorts.base())", "--state-dir", first.stateFolder.path])
        #expect(second.status == 75)
        #expect(second.errors.contains("in use by process \(try #require(first.processID))"))
    }

    @Test func aBindBeyondThisMachineNeedsInsecureSpelledOut() throws {
        let ended = try Programs.run("bertd", ["serve", "--host", "0.0.0.0"])
        #expect(ended.status == 78)
        #expect(ended.errors.contains("--insecure"))
    }

    @Test func acceptedWorkOutlivesAKilledBrokerAndItsWorkerIsAdopted() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let worker = try service.workerProcess()
        let client = try RawClient(basePort: service.basePort)
        try client.send([Command.embed("j", (0..<2000).map { Text("text \($0)") }).encoded()])
        _ = try client.event("accepted") { if case .accepted = $0.body { true } else { false } }
        service.send(SIGKILL)
        _ = service.waitForEnd()
        try service.start()
        let later = try RawClient(basePort: service.basePort)
        let deadline = ContinuousClock.now + .seconds(30)
        var job: JobSummary?
        while job?.state != .succeeded, ContinuousClock.now < deadline {
            let reply = try later.ask(
                .fetch(Fetch(jobID: try Identifier("j"), firstRow: 1999, count: 1, wait: .seconds(5))))
            if case .page(let page) = reply { job = page.job }
        }
        #expect(job?.state == .succeeded && job?.rowsDone == 2000)
        #expect(try service.workerProcess() == worker)
    }

    @Test func aKilledWorkerIsReplacedAndItsRowsAreHandedOutAgain() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let client = try RawClient(basePort: service.basePort)
        let worker = try service.workerProcess()
        try client.send([Command.embed("j", (0..<5000).map { Text("text \($0)") }).encoded()])
        _ = try client.event("started") { if case .started = $0.body { true } else { false } }
        kill(worker, SIGKILL)
        guard case .succeeded = try client.verdict(on: "j") else { throw Unexpected() }
        #expect(try service.workerProcess() != worker)
    }

    @Test func sigtermDrainsAndLeavesNothingRunning() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let worker = try service.workerProcess()
        service.send(SIGTERM)
        #expect(service.waitForEnd() == 0)
        #expect(kill(worker, 0) != 0)
    }
}

/// What happens when the disk is full, on a small file system of its own.
@Suite(.serialized) struct FullDiskTests {
    @Test(.enabled(if: SmallDisk.isPossible, "needs root and mount(8) for a small file system"))
    func aFullDiskRefusesNewWorkAndHealsByItself() throws {
        let disk = try SmallDisk(megabytes: 24)
        defer { disk.close() }
        let service = try ServiceUnderTest.withTinyModel(in: disk.folder)
        defer { service.close() }
        let client = try RawClient(basePort: service.basePort)
        let filler = disk.folder.appending(path: "filler")
        try disk.fill(filler)
        let text = Text(String(repeating: "good ", count: 200_000))
        try client.send([Command.embed("refused", [text]).encoded()])
        guard case .rejected(let error) = try client.verdict(on: "refused") else { throw Unexpected() }
        #expect(error.code == .storageFull && error.isRetryable)
        try FileManager.default.removeItem(at: filler)
        #expect(try client.isAcceptedInTheEnd { try Command.embed("taken-\($0)", ["good"]) })
    }
}
