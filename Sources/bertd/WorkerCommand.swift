import ArgumentParser
import Foundation
import Logging
import Messages
import Worker

/// `bertd worker`: computes for a server, on this machine or another.
struct WorkerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: "Compute for a server.",
        discussion: "A server starts a worker of its own; more of them can join from this machine or others.")

    @Option(help: ArgumentHelp("The server (default: 127.0.0.1:5555).", valueName: "host[:base]"))
    var server: ServerAddress?

    @Option(help: ArgumentHelp("Folder with the models (default: $XDG_STATE_HOME/bertd).", valueName: "folder"))
    var stateDir: String?

    @Option(
        name: .customLong("class"),
        help: ArgumentHelp("What it does: inference (default), or training.", valueName: "class"))
    var workerClass: String?

    @Option(help: ArgumentHelp("Threads that compute (default: as many as the cores it may use).", valueName: "n"))
    var lanes: Int?

    @Option(help: ArgumentHelp("Name, unique at the server (default: host and process id).", valueName: "name"))
    var workerId: String?

    @Option(help: ArgumentHelp("Seconds without a server before it gives up (default: never).", valueName: "seconds"))
    var orphanTimeout: Seconds?

    @Option(help: .private)
    var lockDescriptor: Int32?

    func run() throws {
        do {
            try Worker.run(settings(), log: Logger(label: "bertd.worker"))
        } catch let error as WorkerError {
            throw Failure(exitCode: error.exitCode, message: "\(error)")
        }
    }

    private func chosenClass() throws(Failure) -> WorkerClass {
        let word = try Setting.value(
            "class", given: workerClass, expected: "a class", default: WorkerClass.inference.rawValue, parse: { $0 })
        guard let chosen = [WorkerClass.inference, .training].first(where: { $0.rawValue == word }) else {
            throw .usage("--class is '\(word)', expected inference or training")
        }
        return chosen
    }

    private func settings() throws -> WorkerConfiguration {
        let lanes = try Setting.value(
            "lanes", given: lanes, expected: "a number", default: Worker.availableLanes, parse: { Int($0) })
        guard (1...1024).contains(lanes) else { throw Failure.usage("--lanes is \(lanes), expected 1 to 1024") }
        let timeout = try Setting.value(
            "orphan-timeout", given: orphanTimeout, expected: Seconds.expected, default: nil,
            parse: { Seconds(argument: $0) })
        return try WorkerConfiguration(
            server: Setting.value(
                "server", given: server, expected: ServerAddress.expected, default: ServerAddress.default,
                parse: { ServerAddress($0) }),
            stateFolder: Setting.stateFolder(given: stateDir),
            id: Setting.value(
                "worker-id", given: workerId, expected: "a name", default: Worker.defaultID, parse: { $0 }),
            workerClass: chosenClass(),
            laneCount: lanes, version: Version.current, orphanTimeout: timeout?.duration,
            lockDescriptor: lockDescriptor)
    }
}

extension ServerAddress: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}
