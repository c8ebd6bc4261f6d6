import Foundation
import Messages
import TestSupport
import Testing

/// Sweeps through the queue with real processes: a tiny model on a tiny table.
@Suite(.serialized, .timeLimit(.minutes(10))) struct SweepTests {
    private static let search = """
        method: random
        metric: {name: accuracy, goal: maximize}
        parameters:
          learning_rate: {distribution: log_uniform_values, min: 0.005, max: 0.05}
          batch_size: {values: [8, 16]}
          epochs: {values: [2, 4]}
        run_cap: 12
        x-pruner: asha
        x-rungs: [1]
        x-seed: 4
        """

    private func service(_ options: [String] = []) throws -> (ServiceUnderTest, run: [String]) {
        let service = try ServiceUnderTest.withTinyModel(options: options)
        let (table, file) = (service.folder.appending(path: "toy.csv"), service.folder.appending(path: "toy.yaml"))
        try Data(FineTuneTests.table().utf8).write(to: table)
        try Data(Self.search.utf8).write(to: file)
        return (
            service,
            [
                "sweep", "run", file.path, "--data", table.path, "--model", "tiny", "--report",
                service.folder.appending(path: "toy.html").path,
            ]
        )
    }

    /// Runs bertctl with a place of its own for logs.
    private func bertctl(_ service: ServiceUnderTest, _ arguments: [String]) throws -> Programs.Ended {
        try Programs.run(
            "bertctl", arguments + ["--server", service.address],
            environment: ["XDG_STATE_HOME": service.folder.path])
    }

    /// What is said of the trials, one value a trial, in the order of their numbers.
    private func trials(_ service: ServiceUnderTest) throws -> [NSDictionary] {
        let listed = try bertctl(service, ["sweep", "trials", "toy", "-o", "json"])
        let lines = listed.output.split(separator: "\n")
        let trials = try lines.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? NSDictionary)
        }
        return trials.sorted { ($0["trial"] as? Int ?? 0) < ($1["trial"] as? Int ?? 0) }
    }

    /// Process ids of the controllers of the sweep at this service.
    private func controllers(_ service: ServiceUnderTest) -> [pid_t] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.compactMap(pid_t.init).filter { pid in
            let bytes = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            let words = bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            return words.contains("control") && words.contains(service.address)
        }
    }

    /// A controller whose service has gone waits for it.
    private func end(_ service: ServiceUnderTest) {
        for controller in controllers(service) { kill(controller, SIGKILL) }
        service.close()
    }

    @Test func theBestOfASweepIsPromotedAndAnswers() throws {
        let (service, run) = try service()
        defer { end(service) }
        let swept = try bertctl(service, run)
        #expect(swept.status == 0 && swept.output.contains("finished"), "\(swept.errors)")
        let trials = try trials(service)
        #expect(trials.count == 12 && trials.contains { $0["state"] as? String == "finished" })
        let report = try String(contentsOf: service.folder.appending(path: "toy.html"), encoding: .utf8)
        #expect(report.hasPrefix("<!doctype html>") || report.hasPrefix("<!DOCTYPE html>"))
        // No trial is registered before one is promoted.
        #expect(try bertctl(service, ["models", "list"]).output.contains("toy") == false)
        let promoted = try bertctl(service, ["sweep", "promote", "toy"])
        #expect(promoted.status == 0 && promoted.output.contains("toy@1"), "\(promoted.errors)")
        #expect(try bertctl(service, ["classify", "--model", "toy", "a e i o"]).status == 0)
        // The same command once more is the same sweep.
        let again = try bertctl(service, run)
        #expect(again.status == 0 && again.errors.contains("there already"), "\(again.errors)")
        #expect(try self.trials(service) == trials)
    }

    @Test func aKilledControllerLosesAndDoublesNothing() throws {
        let (calm, run) = try service()
        defer { end(calm) }
        #expect(try bertctl(calm, run).status == 0)
        let expected = try trials(calm)

        let (troubled, other) = try service()
        defer { end(troubled) }
        #expect(try bertctl(troubled, other + ["--detach"]).status == 0)
        let client = try RawClient(basePort: troubled.basePort, topics: ["v1/", "e1/"])
        for _ in 0..<2 {
            _ = try client.event("the end of a job") { if case .succeeded = $0.body { true } else { false } }
            for controller in controllers(troubled) { kill(controller, SIGKILL) }
            if let worker = try? troubled.process(of: .training) { kill(worker, SIGKILL) }
            #expect(try bertctl(troubled, ["sweep", "resume", "toy", "--detach"] + run.suffix(2)).status == 0)
        }
        #expect(try bertctl(troubled, ["sweep", "watch", "toy"]).status == 0)
        let found = try trials(troubled)
        #expect(found.map { $0["trial"] as? Int } == Array(0..<12))
        for (left, right) in zip(found, expected) {
            #expect(left["parameters"] as? NSDictionary == right["parameters"] as? NSDictionary)
            let curves = [left, right].map { $0["curve"] as? [[Double]] ?? [] }
            let shared = min(curves[0].count, curves[1].count)
            #expect(shared > 0 && curves[0].prefix(shared) == curves[1].prefix(shared))
        }
    }

    @Test func aPausedSweepWaitsAndACancelledOneIsOver() throws {
        let (service, run) = try service()
        defer { end(service) }
        #expect(try bertctl(service, run + ["--detach", "--set", "max_length=16"]).status == 0)
        let client = try RawClient(basePort: service.basePort, topics: ["v1/", "e1/"])
        _ = try client.event("a run") { if case .metrics = $0.body { true } else { false } }
        #expect(try bertctl(service, ["sweep", "pause", "toy"]).status == 0)
        // What was on its way when the pause came is still begun; then the controller leaves.
        while !controllers(service).isEmpty { _ = try bertctl(service, ["sweep", "status", "toy"]) }
        let begun = try trials(service).count
        #expect(begun < 12)
        #expect(try bertctl(service, ["sweep", "status", "toy", "-o", "json"]).output.contains("\"paused\""))
        #expect(try bertctl(service, ["sweep", "cancel", "toy"]).status == 0)
        #expect(try bertctl(service, ["sweep", "status", "toy"]).output.contains("cancelled"))
        #expect(try trials(service).count == begun)
    }

    @Test func whatCannotBeASweepIsSaidBeforeAnythingIsSent() throws {
        let (service, run) = try service()
        defer { end(service) }
        let file = service.folder.appending(path: "bad.yaml")
        try Data("method: random\nmetric: {name: accuracy}\nparameters:\n  lerning_rate: {min: 1, max: 0}\n".utf8)
            .write(to: file)
        let bad = try bertctl(service, ["sweep", "run", file.path] + run.dropFirst(3))
        #expect(bad.status == 65 && bad.errors.contains("bad.yaml:4:") && bad.errors.contains("learning_rate"))
        for (verb, status) in [("status", 1), ("trials", 1), ("best", 1), ("resume", 1), ("promote", 1)] {
            let missing = try bertctl(service, ["sweep", verb, "nothing"])
            #expect(missing.status == Int32(status) && missing.errors.contains("no sweep 'nothing'"), "\(verb)")
        }
        let usage = try bertctl(service, ["sweep", "run", "--data", "x.csv"])
        #expect(usage.status == 2 && usage.errors.contains("--model"))
    }
}
