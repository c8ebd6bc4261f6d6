package import Foundation

/// A file system of a few megabytes in memory, mounted for one test.
package struct SmallDisk {
    /// The system refused.
    package struct NotMounted: Error {}

    package let folder: URL

    package static var isPossible: Bool {
        geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/usr/bin/mount")
    }

    package init(megabytes: Int) throws {
        folder = URL.temporaryDirectory.appending(path: "bertd-disk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Self.run("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=\(megabytes)m", "tmpfs", folder.path])
    }

    /// Writes zeros into a file until nothing more fits.
    package func fill(_ file: URL) throws {
        let descriptor = open(file.path, O_WRONLY | O_CREAT, 0o600)
        defer { Foundation.close(descriptor) }
        let zeros = [UInt8](repeating: 0, count: 4096)
        while write(descriptor, zeros, zeros.count) > 0 {}
    }

    package func close() {
        _ = try? Self.run("/usr/bin/umount", ["-l", folder.path])
        try? FileManager.default.removeItem(at: folder)
    }

    private static func run(_ path: String, _ arguments: [String]) throws {
        let process = try Process.run(URL(filePath: path), arguments: arguments)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw NotMounted() }
    }
}
