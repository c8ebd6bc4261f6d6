import Foundation

/// The programs as they were built beside these tests.
enum Programs {
    struct Ended {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The folder of the test program itself.
    static let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()

    static func process(_ name: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = folder.appending(path: name)
        process.arguments = arguments
        return process
    }

    /// Runs a program to its end, with what it reads and prints in files: no pipe can fill up.
    ///
    /// - Parameter environment: beside this process's own
    static func run(
        _ name: String, _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
    ) throws -> Ended {
        let scratch = URL.temporaryDirectory.appending(path: "bertd-run-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        func file(_ name: String, _ contents: String = "") throws -> URL {
            let url = scratch.appending(path: name)
            try Data(contents.utf8).write(to: url)
            return url
        }
        let (output, errors) = (try file("out"), try file("err"))
        let process = process(name, arguments)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = try FileHandle(forReadingFrom: file("in", input ?? ""))
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Ended(
            status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
            errors: try String(contentsOf: errors, encoding: .utf8))
    }
}
