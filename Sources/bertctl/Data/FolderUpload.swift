import Client
import Foundation
import Messages
import Terminal

/// Puts files into the service, as a folder, and gives it a name.
struct FolderUpload {
    /// A file here, and where it is to be in the folder.
    struct Entry {
        let path: String
        let url: URL
    }

    let client: Client
    let entries: [Entry]

    /// Only what is not there yet travels.
    func run(as name: ModelName, kind: StoredKind) throws -> StoredModel {
        let manifest = try manifest()
        let places = Dictionary(entries.map { ($0.path, $0.url.path) }, uniquingKeysWith: { first, _ in first })
        var progress = ProgressLine(ProgressBar("sending", unit: nil))
        var done = 0
        for file in manifest.files {
            try client.put(places[file.path] ?? file.path, size: file.size, digest: file.digest) { byteCount in
                progress.show(
                    done: done + byteCount, fraction: Double(done + byteCount) / Double(max(1, manifest.byteCount)))
            }
            done += file.size
        }
        progress.clear()
        return try client.register(name, manifest, kind: kind)
    }

    private func manifest() throws -> Manifest {
        let sizes = try entries.map { try size(of: $0.url.path) }
        let total = max(1, sizes.reduce(0, +))
        var progress = ProgressLine(ProgressBar("hashing", unit: nil))
        var done = 0
        let files = try zip(entries, sizes).map { entry, size in
            let digest = try FileDigest.of(entry.url.path) { byteCount in
                progress.show(done: done + byteCount, fraction: Double(done + byteCount) / Double(total))
            }
            done += size
            return try ManifestFile(path: entry.path, size: size, digest: digest)
        }
        progress.clear()
        return try Manifest(files)
    }

    private func size(of path: String) throws(Failure) -> Int {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .noInput(path: path, reason: String(cString: strerror(errno))) }
        return Int(status.st_size)
    }
}
