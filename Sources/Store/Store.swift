package import Foundation
package import Messages
import Synchronization

/// Bytes named by their sha256, kept in one folder: they are written once, verified and never change.
///
///     objects/ab/cdef…            complete objects: the first byte of the digest, the other 31
///     partial/<digest>            an upload under way, as far as it has come
///     folders/<digest>/…          a manifest's files under their paths, hard links to objects
///     aside/<random>              what is not finished: renamed into its place, or removed
///
/// A file has its final name only when all of it is on disk: written aside, synced, renamed, its folder synced. So a
/// crash at any instant leaves the old state or the new one, and rubbish aside at most, which `collect` removes.
/// Every method may be called from any thread and by several processes at once; all of them wait for the disk.
package final class Store: Sendable {
    let root: URL
    /// Held while a name is given or taken, so that `collect` never removes what somebody has just found there.
    let names = Mutex(())

    /// Opens the store in `folder`, which is made if it is not there; nobody but its owner may look in.
    package init(folder: URL) throws(StoreError) {
        root = folder
        for name in ["objects", "partial", "folders", "aside"] {
            try Self.makeFolder(folder.appending(path: name))
        }
        try File.syncFolder(folder.path)
    }

    /// Bytes of a complete object; nil where there is none.
    package func size(of digest: Digest) -> Int? {
        var status = stat()
        guard stat(path(of: digest), &status) == 0 else { return nil }
        return Int(status.st_size)
    }

    /// Stores a whole object, durable on return.
    package func put(_ bytes: [UInt8]) throws(StoreError) -> Digest {
        let digest = Digest(of: bytes)
        guard !refresh(digest) else { return digest }
        let aside = asidePath()
        do throws(StoreError) {
            let file = try File(aside, O_WRONLY | O_CREAT | O_EXCL)
            try file.write(bytes, at: 0)
            try file.sync()
            try place(aside, as: digest)
        } catch {
            unlink(aside)
            throw error
        }
        return digest
    }

    /// Up to `count` bytes of an object from `offset` on: fewer only at its end.
    package func read(_ digest: Digest, offset: Int, count: Int) throws(StoreError) -> [UInt8] {
        guard let size = size(of: digest) else { throw .noObject(digest) }
        guard offset >= 0, offset < size, count > 0 else { return [] }
        return try File(path(of: digest), O_RDONLY).read(min(count, size - offset), at: offset)
    }

    /// Bytes that the store's disk still has room for; nil where the system does not say.
    package var freeBytes: Int? {
        var status = statvfs()
        guard statvfs(root.path, &status) == 0 else { return nil }
        return Int(status.f_bavail) * Int(status.f_frsize)
    }

    // MARK: What the other files share

    func path(of digest: Digest) -> String {
        let hex = digest.hex
        return root.path + "/objects/" + hex.prefix(2) + "/" + hex.dropFirst(2)
    }

    func asidePath() -> String {
        root.path + "/aside/" + String(UInt64.random(in: .min ... .max), radix: 16)
    }

    /// Gives a synced file its name among the objects.
    func place(_ written: String, as digest: Digest) throws(StoreError) {
        let path = path(of: digest)
        let folder = (path as NSString).deletingLastPathComponent
        if try Self.makeFolder(URL(filePath: folder)) { try File.syncFolder(root.path + "/objects") }
        // A hard link in a model's folder shares these permissions: nothing may write through it.
        guard chmod(written, 0o400) == 0 else { throw StoreError("protect", written, code: errno) }
        guard rename(written, path) == 0 else { throw StoreError("rename", written, code: errno) }
        try File.syncFolder(folder)
    }

    /// Whether the object is complete; if so it lives for a while from now on, so that whoever asked can refer to it
    /// before `collect` comes by.
    func refresh(_ digest: Digest, for life: Duration = grace) -> Bool { prolong(path(of: digest), for: life) }

    /// - Returns: whether it had to be made
    @discardableResult
    static func makeFolder(_ folder: URL) throws(StoreError) -> Bool {
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder), isFolder.boolValue {
            return false
        }
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw StoreError.fileSystem(operation: "make", path: folder.path, reason: error.localizedDescription)
        }
        return true
    }
}
