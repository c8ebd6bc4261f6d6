package import Foundation
package import Messages
import Synchronization

extension Store {
    /// The manifest's files that are not there, or not of their size; the others count as new again for `collect`.
    package func missing(of manifest: Manifest) -> [ManifestFile] {
        manifest.files.filter { !refresh($0.digest) || size(of: $0.digest) != $0.size }
    }

    /// A folder with the manifest's files under their paths, made of links to the objects on first use.
    ///
    /// It has its name only when it is whole. Paths are safe by `Manifest`'s own rules: relative, without "..".
    ///
    /// - Parameter life: how long it and its objects wait for somebody to refer to them
    /// - Throws: `missing` with the paths that no object answers to
    package func folder(of manifest: Manifest, for life: Duration = grace) throws(StoreError) -> URL {
        let path = root.path + "/folders/" + manifest.digest.hex
        try checkObjects(of: manifest, for: life)
        if prolong(path, for: life) { return URL(filePath: path, directoryHint: .isDirectory) }
        let aside = asidePath()
        do throws(StoreError) {
            try link(manifest, into: aside)
            try setLife(life, of: aside)
            if rename(aside, path) != 0 {
                // Somebody else may have been faster: that folder has the same content.
                guard errno == EEXIST || errno == ENOTEMPTY else { throw StoreError("rename", aside, code: errno) }
                removeTree(aside)
            }
            try File.syncFolder(root.path + "/folders")
        } catch {
            removeTree(aside)
            throw error
        }
        return URL(filePath: path, directoryHint: .isDirectory)
    }

    /// The folder that `folder(of:)` of a store in `root` has made for a manifest; nil where it has made none.
    ///
    /// For a process that only reads: it needs no store of its own, and changes nothing.
    package static func madeFolder(_ manifest: Digest, in root: URL) -> URL? {
        let path = root.path + "/folders/" + manifest.hex
        return access(path, R_OK | X_OK) == 0 ? URL(filePath: path, directoryHint: .isDirectory) : nil
    }

    private func checkObjects(of manifest: Manifest, for life: Duration) throws(StoreError) {
        var missing: [String] = []
        for file in manifest.files {
            guard refresh(file.digest, for: life), let size = size(of: file.digest) else {
                missing.append(file.path)
                continue
            }
            guard size == file.size else { throw .wrongSize(path: file.path, expected: file.size, found: size) }
        }
        guard missing.isEmpty else { throw .missing(paths: missing) }
    }

    private func link(_ manifest: Manifest, into folder: String) throws(StoreError) {
        try Self.makeFolder(URL(filePath: folder))
        var folders: Set<String> = [folder]
        for file in manifest.files {
            let name = folder + "/" + file.path
            let parent = (name as NSString).deletingLastPathComponent
            if folders.insert(parent).inserted { try Self.makeFolder(URL(filePath: parent)) }
            guard Glibc.link(path(of: file.digest), name) == 0 else { throw StoreError("link", name, code: errno) }
        }
        for folder in folders { try File.syncFolder(folder) }
    }

    func removeTree(_ path: String) {
        // What cannot be removed now is found again by the next `collect`.
        try? FileManager.default.removeItem(atPath: path)
    }
}
