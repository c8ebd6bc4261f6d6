package import Foundation
package import Messages

extension Store {
    /// How long what a worker put may lie before anything refers to it: it is reported within moments.
    static let workerGrace = Duration.seconds(300)

    /// Takes over the files of a folder, links below it followed nowhere: each is hashed, synced and given its name among
    /// the objects, by a hard link, so that nothing is copied. The files must never change again. The folder itself may
    /// be removed.
    ///
    /// It lives for `workerGrace` from now on, unless it would have lived longer: checkpoints come faster than a day.
    ///
    /// - Returns: the manifest, whose own folder is made
    /// - Throws: `fileSystem` for what is neither file nor folder, and for a path that no manifest takes
    package func adopt(folder: URL) throws(StoreError) -> Manifest {
        var files: [ManifestFile] = []
        for path in try paths(in: folder) { files.append(try adopt(path, in: folder)) }
        let manifest: Manifest
        do { manifest = try Manifest(files) } catch {
            throw .fileSystem(operation: "adopt", path: folder.path, reason: error.description)
        }
        _ = try self.folder(of: manifest, for: Self.workerGrace)
        return manifest
    }

    private func adopt(_ path: String, in folder: URL) throws(StoreError) -> ManifestFile {
        let source = folder.appending(path: path).path
        let (digest, size) = try digest(ofFile: source)
        if !refresh(digest, for: Self.workerGrace) {
            let aside = asidePath()
            guard link(source, aside) == 0 else { throw StoreError("link", source, code: errno) }
            do throws(StoreError) {
                try setLife(Self.workerGrace, of: aside)
                try place(aside, as: digest)
            } catch {
                unlink(aside)
                throw error
            }
        }
        do { return try ManifestFile(path: path, size: size, digest: digest) } catch {
            throw .fileSystem(operation: "adopt", path: source, reason: error.description)
        }
    }

    private func digest(ofFile path: String) throws(StoreError) -> (Digest, size: Int) {
        let file = try File(path, O_RDONLY | O_NOFOLLOW)
        var hasher = Digest.Hasher()
        var size = 0
        while case let bytes = try file.read(1 << 20, at: size), !bytes.isEmpty {
            hasher.update(bytes)
            size += bytes.count
        }
        try file.sync()
        return (hasher.finish(), size)
    }

    /// Relative, in no order.
    private func paths(in folder: URL) throws(StoreError) -> [String] {
        let names: [String]
        do { names = try FileManager.default.subpathsOfDirectory(atPath: folder.path) } catch {
            throw .fileSystem(operation: "list", path: folder.path, reason: error.localizedDescription)
        }
        var paths: [String] = []
        for name in names {
            let path = folder.appending(path: name).path
            var status = stat()
            guard lstat(path, &status) == 0 else { throw StoreError("inspect", path, code: errno) }
            switch status.st_mode & S_IFMT {
            case S_IFDIR: break
            case S_IFREG: paths.append(name)
            default: throw .fileSystem(operation: "adopt", path: path, reason: "it is neither a file nor a folder")
            }
        }
        return paths
    }
}
