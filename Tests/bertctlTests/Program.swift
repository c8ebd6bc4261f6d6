import Foundation

/// The built bertctl, run as a user runs it.
enum Program {
    struct Result {
        let status: Int32
        let output: String
        let errors: String
    }

    /// Beside the test bundle, wherever the build put it.
    private static var url: URL {
        let bundle = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        return bundle.appending(path: "bertctl")
    }

    /// Not started yet.
    static func process(_ arguments: [String], environment: [String: String]) -> Process {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        // A fixed width, no colours, and nothing of the caller's own settings.
        let inherited = ProcessInfo.processInfo.environment.filter {
            ["PATH", "HOME", "LD_LIBRARY_PATH"].contains($0.key)
        }
        process.environment = inherited.merging(["COLUMNS": "100"]) { $1 }.merging(environment) { $1 }
        return process
    }

    static func run(_ arguments: [String], environment: [String: String] = [:], input: String = "") throws -> Result {
        let process = process(arguments, environment: environment)
        let (stdin, stdout, stderr) = (Pipe(), Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stderr
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let output = stdout.fileHandleForReading.readDataToEndOfFile()
        let errors = stderr.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Result(
            status: process.terminationStatus, output: String(decoding: output, as: UTF8.self),
            errors: String(decoding: errors, as: UTF8.self))
    }
}
