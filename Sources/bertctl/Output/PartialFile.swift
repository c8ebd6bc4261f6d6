import Foundation

/// A file that is written aside and takes its name when it is complete: a reader never sees half of it.
struct PartialFile {
    let target: URL
    let aside: URL

    /// What an interrupted run has left is removed: its rows are fetched again, which needs no computing.
    init(_ path: String) throws(Failure) {
        target = URL(filePath: path)
        aside = target.appendingPathExtension("part")
        let folder = target.deletingLastPathComponent().path
        guard access(folder, W_OK) == 0 else {
            throw .cannotWrite(path: path, reason: String(cString: strerror(errno)))
        }
        unlink(aside.path)
    }

    /// Renames it, after its bytes are on disk.
    func complete() throws(Failure) {
        guard rename(aside.path, target.path) == 0 else {
            throw .cannotWrite(path: target.path, reason: String(cString: strerror(errno)))
        }
    }
}
