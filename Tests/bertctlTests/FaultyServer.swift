import Foundation

/// `faulty_server.py` over a folder of its own, until it is stopped.
final class FaultyServer {
    let endpoint: String
    let folder: URL
    /// A cache of its own, too.
    let cache: URL
    private let process = Process()
    private let input = Pipe()

    static let isAvailable =
        (try? run("/usr/bin/env", ["python3", "--version"])) == 0
        && (try? run("/usr/bin/env", ["curl", "--version"])) == 0
    static let absent = "needs python3 and curl"

    init(_ files: [String: String], faults: [String] = []) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "faulty-\(UUID().uuidString)")
        folder = root.appending(path: "served")
        cache = root.appending(path: "cache")
        for (name, content) in files {
            let url = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(content.utf8).write(to: url)
        }
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "faulty_server.py")
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path, folder.path] + faults
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        let port = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        endpoint = "http://127.0.0.1:\(port.trimmingCharacters(in: .whitespacesAndNewlines))"
    }

    var environment: [String: String] { ["HF_ENDPOINT": endpoint, "XDG_CACHE_HOME": cache.path] }

    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder.deletingLastPathComponent())
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
