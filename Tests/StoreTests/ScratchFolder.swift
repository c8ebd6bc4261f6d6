import Foundation
import TestSupport

/// A folder of a test's own, removed with it.
final class ScratchFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "bertd-store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Every file below, by its path, with its size.
    var files: [String: Int] {
        get throws {
            var files: [String: Int] = [:]
            for path in try FileManager.default.subpathsOfDirectory(atPath: url.path) {
                let attributes = try FileManager.default.attributesOfItem(atPath: url.appending(path: path).path)
                guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
                files[path] = attributes[.size] as? Int
            }
            return files
        }
    }

    /// Makes a file or folder look as if it was last written so long ago.
    func age(_ path: String, seconds: Double) throws {
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: url.appending(path: path).path)
    }
}

/// Bytes that depend on `seed` alone.
func bytes(_ count: Int, seed: UInt64) -> [UInt8] {
    var random = Seeded(seed)
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
}
