import Foundation
import Logging
import Testing

@testable import Broker

/// The workers that a broker keeps are started when there is work for them, and again when they die.
@Suite(.serialized) struct ChildrenTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "bertd-broker-\(UUID().uuidString)")

    init() throws { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) }

    /// A worker that writes its process id to a file in the folder and sleeps, whatever else it is told.
    private func program(_ name: String) -> WorkerProgram {
        let script = "echo $$ >> '\(folder.path)/\(name).pid'; exec sleep 60"
        return WorkerProgram(path: "/bin/sh", workerID: name, arguments: ["-c", script])
    }

    private func children(training: Int) -> Children {
        var configuration = BrokerConfiguration(stateFolder: folder)
        configuration.worker = program("inference")
        configuration.trainingWorkers = (0..<training).map { program("training-\($0 + 1)") }
        return Children(configuration, log: Logger(label: "test"), at: .now)
    }

    /// The processes that a program has been, once there are so many.
    private func processes(_ name: String, count: Int) throws -> [pid_t] {
        let file = folder.appending(path: "\(name).pid")
        let deadline = ContinuousClock.now + .seconds(20)
        while ContinuousClock.now < deadline {
            let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
            let found = text.split(separator: "\n").compactMap { pid_t($0) }
            if found.count == count { return found }
            usleep(10_000)
        }
        throw Absent(description: "\(name) has not been started \(count) times")
    }

    private struct Absent: Error, CustomStringConvertible { let description: String }

    /// Ends them all and waits for it.
    private func end(_ children: Children) {
        children.stop()
        while children.areRunning {
            _ = children.reap(at: .now)
            usleep(1000)
        }
        try? FileManager.default.removeItem(at: folder)
    }

    @Test func aTrainingWorkerIsStartedWithTheFirstJobForIt() throws {
        let children = children(training: 2)
        defer { end(children) }
        children.check(at: .now, isTrainingWanted: false)
        _ = try processes("inference", count: 1)
        #expect(children.training.allSatisfy { !$0.isRunning })
        children.check(at: .now, isTrainingWanted: true)
        for name in ["training-1", "training-2"] { _ = try processes(name, count: 1) }
        children.check(at: .now, isTrainingWanted: true)
        #expect(children.workerIDs == ["inference", "training-1", "training-2"])
    }

    @Test func aDeadTrainingWorkerIsStartedAgainAndTheOtherIsLeftAlone() throws {
        let children = children(training: 1)
        defer { end(children) }
        children.check(at: .now, isTrainingWanted: true)
        let first = try #require(processes("training-1", count: 1).first)
        let inference = try #require(processes("inference", count: 1).first)
        kill(first, SIGKILL)
        var ended: [Int] = []
        while ended.isEmpty {
            ended = children.reap(at: .now)
            usleep(1000)
        }
        #expect(ended == [Int(first)])
        children.check(at: .now.advanced(by: .seconds(1)), isTrainingWanted: true)
        #expect(try processes("training-1", count: 2).last != first)
        #expect(kill(inference, 0) == 0)
    }

    @Test func aWorkerOfAnEarlierBrokerIsAdopted() throws {
        let earlier = children(training: 1)
        earlier.check(at: .now, isTrainingWanted: true)
        let process = try #require(processes("training-1", count: 1).first)
        let later = children(training: 1)
        later.check(at: .now, isTrainingWanted: false)
        #expect(later.training.allSatisfy { !$0.isRunning })
        later.stop()
        var ended: [Int] = []
        while !ended.contains(Int(process)) {
            ended += earlier.reap(at: .now)
            usleep(1000)
        }
        end(earlier)
    }
}
