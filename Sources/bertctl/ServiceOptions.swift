import ArgumentParser
import Client
import Foundation
import Messages

/// Which service, and how long it may be silent: options of every verb.
struct ServiceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Where the service listens, HOST or HOST:BASE. (env: BERTD_SERVER; default: 127.0.0.1:5555)",
            valueName: "address"))
    var server: String?

    @Option(
        help: ArgumentHelp(
            "Give up when the service has been silent for so long. (env: BERTD_TIMEOUT; default: 30)",
            valueName: "seconds"))
    var timeout: Double?

    func validate() throws {
        guard let timeout = try patience() else { return }
        guard timeout > .zero, timeout < .seconds(1_000_000) else {
            throw ValidationError("--timeout is out of range, expected more than 0 and less than 1000000 seconds")
        }
    }

    /// Connects, or says at once that nobody is there.
    func connect() throws -> Client {
        let environment = ProcessInfo.processInfo.environment
        let address = try (server ?? environment["BERTD_SERVER"]).map(Server.init) ?? .local
        return try Client(address, clientID: Self.identity, patience: try patience() ?? Client.defaultPatience)
    }

    /// The same options for another bertctl.
    var words: [String] {
        (server.map { ["--server", $0] } ?? []) + (timeout.map { ["--timeout", "\($0)"] } ?? [])
    }

    /// What was asked for, if anything was.
    func patience() throws -> Duration? {
        if let timeout { return .seconds(timeout) }
        guard let text = ProcessInfo.processInfo.environment["BERTD_TIMEOUT"] else { return nil }
        guard let seconds = Double(text) else {
            throw ValidationError("BERTD_TIMEOUT is '\(text)', expected seconds")
        }
        return .seconds(seconds)
    }

    /// The same for every run of one user on one machine, so that a command that is repeated is the same job.
    private static var identity: Identifier {
        get throws {
            let allowed: (Character) -> Bool = { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
            let parts = [NSUserName(), ProcessInfo.processInfo.hostName].map { String($0.filter(allowed).prefix(48)) }
            return try Identifier("bertctl:" + parts.joined(separator: ":"))
        }
    }
}

/// Tables for people, JSON for programs.
enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json
}

/// How a verb prints what it found.
struct FormatOptions: ParsableArguments {
    @Option(name: [.customShort("o"), .customLong("format")], help: "How to print: a table for people, or JSON.")
    var format: Format = .table
}
