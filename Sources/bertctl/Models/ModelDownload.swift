import Client
import Foundation
import Messages
import Terminal

/// Fetches the files of a stored folder and writes them to a folder here.
struct ModelDownload {
    let client: Client
    let model: StoredModel

    /// - Parameter target: does not exist; what an earlier run has left beside it, under the name of this version's
    ///   digest, is gone on with
    func run(to target: URL) throws {
        let files = model.manifest?.files ?? []
        let aside = target.deletingLastPathComponent()
            .appending(path: ".\(target.lastPathComponent).\(model.digest.hex.prefix(12)).part")
        var progress = ProgressLine(ProgressBar("fetching", unit: nil))
        let total = Double(max(1, model.byteCount))
        var done = 0
        for file in files {
            let url = aside.appending(path: file.path)
            try make(url.deletingLastPathComponent())
            do {
                try client.get(file.digest, size: file.size, to: url.path) { byteCount in
                    progress.show(done: done + byteCount, fraction: Double(done + byteCount) / total)
                }
            } catch {
                // A later run shall not go on from bytes that are not what they should be.
                if case ClientError.refused(let refusal) = error, refusal.code == .damaged { unlink(url.path) }
                throw error
            }
            done += file.size
        }
        progress.clear()
        guard rename(aside.path, target.path) == 0 else {
            throw Failure.cannotWrite(path: target.path, reason: String(cString: strerror(errno)))
        }
    }

    private func make(_ folder: URL) throws(Failure) {
        do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
            throw .cannotWrite(path: folder.path, reason: error.localizedDescription)
        }
    }
}
