import Client
import Foundation
import Messages
import ModelFiles
import Terminal

/// Puts a model's folder into the service and gives it a name.
struct ModelUpload {
    let client: Client
    let folder: URL

    /// Only what is not there yet travels.
    ///
    /// - Throws: `ModelFileError` for a folder that is no BERT model, before anything is sent
    func run(as name: ModelName) throws -> StoredModel {
        let model = try ModelFolder(opening: folder)
        let manifest = try manifest(of: model.files)
        var progress = ProgressLine(ProgressBar("sending", unit: nil))
        var done = 0
        for file in manifest.files {
            try client.put(folder.appending(path: file.path).path, size: file.size, digest: file.digest) { byteCount in
                progress.show(
                    done: done + byteCount, fraction: Double(done + byteCount) / Double(max(1, manifest.byteCount)))
            }
            done += file.size
        }
        progress.clear()
        return try client.register(name, manifest)
    }

    private func manifest(of files: [String]) throws -> Manifest {
        let sizes = try files.map { try size(of: $0) }
        let total = max(1, sizes.reduce(0, +))
        var progress = ProgressLine(ProgressBar("hashing", unit: nil))
        var done = 0
        let entries = try zip(files, sizes).map { file, size in
            let digest = try FileDigest.of(folder.appending(path: file).path) { byteCount in
                progress.show(done: done + byteCount, fraction: Double(done + byteCount) / Double(total))
            }
            done += size
            return try ManifestFile(path: file, size: size, digest: digest)
        }
        progress.clear()
        return try Manifest(entries)
    }

    private func size(of file: String) throws(Failure) -> Int {
        let path = folder.appending(path: file).path
        var status = stat()
        guard stat(path, &status) == 0 else { throw .noInput(path: path, reason: String(cString: strerror(errno))) }
        return Int(status.st_size)
    }
}
