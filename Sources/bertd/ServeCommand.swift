import ArgumentParser
import Broker
import Foundation
import Logging
import Worker

/// `bertd serve`: the broker, with a worker of its own.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Take in work, hand it to workers, and lose none of it.",
        discussion: """
            Listens on four ports: commands (the base port), events, control and work. SIGTERM drains: what is running \
            ends, what waits is kept for the next start. A second signal ends it at once.
            """)

    @Option(help: ArgumentHelp("Address to listen on (default: 127.0.0.1).", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("Base port; the three above it are taken too (default: 5555).", valueName: "port"))
    var port: UInt16?

    @Option(
        help: ArgumentHelp(
            "Folder of the journal and the models (default: $XDG_STATE_HOME/bertd).", valueName: "folder"))
    var stateDir: String?

    @Option(
        help: ArgumentHelp(
            "Threads of each worker; training workers share them (default: as many as the cores it may use).",
            valueName: "n"))
    var lanes: Int?

    @Flag(help: "Start no worker: they come by themselves, with `bertd worker`.")
    var noWorker = false

    @Option(
        help: ArgumentHelp(
            "Training workers to start when there is a job for them, which share the lanes; 0 for none (default: 1).",
            valueName: "n"))
    var trainingWorkers: Int?

    @Flag(help: "Listen beyond this machine without keys: anybody who reaches the ports may do anything.")
    var insecure = false

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    func run() throws {
        var configuration = BrokerConfiguration(stateFolder: try Setting.stateFolder(given: stateDir))
        configuration.version = Version.current
        configuration.host = try Setting.value("host", given: host, expected: "an address", default: "127.0.0.1") { $0 }
        configuration.basePort = try Setting.value(
            "port", given: port, expected: "a port", default: 5555, parse: { UInt16($0) })
        guard (1...65532).contains(configuration.basePort) else {
            throw Failure.usage("--port is \(configuration.basePort), expected 1 to 65532")
        }
        guard insecure || Self.loopback.contains(configuration.host) else {
            throw Failure.configuration(
                "--host \(configuration.host) is reachable from other machines; without keys that needs --insecure")
        }
        try limits.apply(to: &configuration)
        if !noWorker {
            configuration.worker = worker(for: configuration, Self.workerID, lanes: lanes)
            configuration.trainingWorkers = try trainingPrograms(for: configuration)
        }
        try serve(configuration)
    }

    private func serve(_ configuration: BrokerConfiguration) throws {
        let log = Logger(label: "bertd.serve")
        do {
            let isAtRest = try Broker.run(configuration, log: log) {
                log.info(
                    "ready on \(configuration.host), ports \(configuration.basePort) to \(configuration.basePort + 3)")
                ServiceManager.tellReady()
            }
            if !isAtRest { throw ExitCode(143) }
        } catch let error as BrokerError {
            throw Failure(exitCode: error.exitCode, message: "\(error)")
        }
    }

    private func trainingPrograms(for configuration: BrokerConfiguration) throws -> [WorkerProgram] {
        let count = try Setting.value(
            "training-workers", given: trainingWorkers, expected: "a number", default: 1, parse: { Int($0) })
        guard (0...64).contains(count) else { throw Failure.usage("--training-workers is \(count), expected 0 to 64") }
        let all = try Setting.value(
            "lanes", given: lanes, expected: "a number", default: Worker.availableLanes, parse: { Int($0) })
        // Two runs on all cores each would wait for one another at every step: the lanes of a run work in lockstep.
        let share = count > 1 ? max(1, all / count) : lanes
        return (1...max(1, count)).prefix(count).map { number in
            var program = worker(for: configuration, "training-\(number)", lanes: share)
            program.arguments += ["--class", "training"]
            return program
        }
    }

    /// This very program, as a worker of this broker.
    private func worker(for configuration: BrokerConfiguration, _ workerID: String, lanes: Int?) -> WorkerProgram {
        let host = configuration.host.contains(":") ? "[::1]" : "127.0.0.1"
        var arguments = [
            "worker", "--server", "\(host):\(configuration.basePort)", "--state-dir", configuration.stateFolder.path,
            "--worker-id", workerID, "--orphan-timeout", "60",
        ]
        if let lanes { arguments += ["--lanes", "\(lanes)"] }
        let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().path
        return WorkerProgram(path: path, workerID: workerID, arguments: arguments)
    }

    private static let workerID = "inference"
    private static let loopback: Set = ["127.0.0.1", "::1", "localhost"]
}
