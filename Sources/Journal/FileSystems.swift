import Foundation

/// What kinds of file system the folders of this machine are on.
package struct FileSystems: Sendable {
    /// The lines of `/proc/self/mountinfo`.
    private let mounts: String

    package init(mounts: String) { self.mounts = mounts }

    /// The kind that a path is on; nil where no mount covers it, as in a changed root.
    ///
    /// - Parameter path: absolute, with symbolic links resolved
    package func kind(of path: String) -> String? {
        var best: (length: Int, kind: String)?
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ")
            guard fields.count > 4, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { continue }
            let point = Self.unescaped(fields[4])
            // A later mount on the same place covers the earlier one.
            guard Self.covers(point, path), point.utf8.count >= best?.length ?? 0 else { continue }
            best = (point.utf8.count, String(fields[dash + 1]))
        }
        return best?.kind
    }

    /// Whether files of this kind may be written by other machines, or by a program in between that promises nothing
    /// about syncing and shared memory.
    package static func isRemote(_ kind: String) -> Bool {
        let names: Set = [
            "9p", "afs", "beegfs", "ceph", "cifs", "coda", "fuse", "gfs2", "gpfs", "lustre", "ncpfs", "nfs", "nfs4",
            "ocfs2", "smb3", "smbfs",
        ]
        return names.contains(kind) || kind.hasPrefix("fuse.") && kind != "fuse.fuse-overlayfs"
    }

    private static func covers(_ point: String, _ path: String) -> Bool {
        point == "/" || path == point || path.hasPrefix(point + "/")
    }

    /// The kernel writes blanks and backslashes of a name as three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = field.utf8[...]
        while let byte = rest.first {
            let digits = rest.dropFirst().prefix(3)
            if byte == UInt8(ascii: "\\"), digits.count == 3, let code = UInt8(String(digits) ?? "", radix: 8) {
                bytes.append(code)
                rest = rest.dropFirst(4)
            } else {
                bytes.append(byte)
                rest = rest.dropFirst()
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
