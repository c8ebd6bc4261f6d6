import Foundation
package import Messages
import Synchronization

extension Store {
    /// How long an upload may rest, and an object be there before anything refers to it.
    package static let grace = Duration.seconds(86_400)

    /// How long what is kept no longer stays for those who have found it a moment ago and are about to refer to it.
    static let claimGrace = Duration.seconds(10)

    /// Removes what nothing refers to and what was left unfinished, unless it is younger than `grace`.
    ///
    /// - Parameter keeping: digests of the objects and of the manifests that are referred to
    /// - Returns: bytes of the removed objects and uploads
    package func collect(keeping: Set<Digest>, now: UnixTime) throws(StoreError) -> Int {
        let limit = now.advanced(by: .zero - Self.grace)
        var freed = 0
        for prefix in try names(in: "objects") {
            for rest in try names(in: "objects/" + prefix) {
                guard let digest = Digest(hex: prefix + rest), !keeping.contains(digest) else { continue }
                freed += remove("objects/" + prefix + "/" + rest, olderThan: limit)
            }
        }
        for name in try names(in: "partial") { freed += remove("partial/" + name, olderThan: limit) }
        for name in try names(in: "folders") {
            guard let digest = Digest(hex: name), !keeping.contains(digest) else { continue }
            removeFolder("folders/" + name, olderThan: limit)
        }
        for name in try names(in: "aside") where age("aside/" + name).map({ $0.time < limit }) ?? false {
            removeTree(root.path + "/aside/" + name)
        }
        return freed
    }

    /// Removes at once what a manifest names and nothing refers to any more.
    ///
    /// What somebody has just found there, to refer to it anew, stays for `claimGrace`; what lives longer than a worker's
    /// work does, because a client put it, is left to `collect`.
    ///
    /// - Parameter keeping: as in `collect`
    /// - Returns: bytes of the removed objects, and whether nothing is left to be removed by another call
    package func discard(_ manifest: Manifest, keeping: Set<Digest>, now: UnixTime) -> (freed: Int, isDone: Bool) {
        let madeNow = now.advanced(by: .zero - (Self.grace - Self.workerGrace))
        let limit = madeNow.advanced(by: .zero - Self.claimGrace)
        var freed = 0
        let folder = "folders/" + manifest.digest.hex
        var names: [String] = []
        if !keeping.contains(manifest.digest) {
            removeFolder(folder, olderThan: limit)
            names.append(folder)
        }
        for file in manifest.files where !keeping.contains(file.digest) {
            let name = "objects/" + file.digest.hex.prefix(2) + "/" + file.digest.hex.dropFirst(2)
            freed += remove(name, olderThan: limit)
            names.append(name)
        }
        return (freed, !names.contains { age($0).map { limit <= $0.time && $0.time <= madeNow } ?? false })
    }

    private func remove(_ name: String, olderThan limit: UnixTime) -> Int {
        names.withLock { _ in
            guard let (time, size) = age(name), time < limit, unlink(root.path + "/" + name) == 0 else { return 0 }
            return size
        }
    }

    /// A folder loses its name first: half a folder must never be taken for a whole one.
    private func removeFolder(_ name: String, olderThan limit: UnixTime) {
        let aside = asidePath()
        let isRenamed = names.withLock { _ in
            guard let (time, _) = age(name), time < limit else { return false }
            return rename(root.path + "/" + name, aside) == 0
        }
        if isRenamed { removeTree(aside) }
    }

    /// When the file was last written or refreshed, and its bytes; nil when it has gone.
    private func age(_ name: String) -> (time: UnixTime, size: Int)? {
        var status = stat()
        guard stat(root.path + "/" + name, &status) == 0 else { return nil }
        let microseconds = Int64(status.st_mtim.tv_sec) * 1_000_000 + Int64(status.st_mtim.tv_nsec) / 1000
        return (UnixTime(microseconds: microseconds), Int(status.st_size))
    }

    private func names(in folder: String) throws(StoreError) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: root.path + "/" + folder)
        } catch {
            throw StoreError.fileSystem(
                operation: "list", path: root.path + "/" + folder, reason: error.localizedDescription)
        }
    }
}
