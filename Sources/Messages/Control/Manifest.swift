import CMessages

/// The files of a folder, in the order of the bytes of their paths.
public struct Manifest: Hashable, Sendable {
    public let files: [ManifestFile]
    /// Of all files together.
    public let byteCount: Int

    /// - Throws: when there is no file, two have one path, or one lies inside another
    public init(_ files: [ManifestFile]) throws(MessageError) {
        guard !files.isEmpty else { throw .field("manifest", expected: "at least one file", found: "none") }
        var paths: Set<String> = []
        for file in files where !paths.insert(file.path).inserted {
            throw .field("manifest.path", expected: "each path once", found: "'\(file.path)' again")
        }
        for file in files {
            if let folder = Self.folders(of: file.path).first(where: paths.contains) {
                throw .field("manifest.path", expected: "'\(folder)' to be a file or a folder", found: "both")
            }
        }
        var byteCount = 0
        for file in files {
            byteCount += file.size
            guard byteCount <= Read.largestNumber else {
                throw .field("manifest.size", expected: "at most \(Read.largestNumber) in all", found: "more")
            }
        }
        self.byteCount = byteCount
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// `a` and `a/b` of `a/b/c`.
    private static func folders(of path: String) -> [String] {
        path.utf8.indices.filter { path.utf8[$0] == UInt8(ascii: "/") }.map { String(path.utf8[..<$0]) ?? path }
    }

    /// The name of the folder's content: of the encoding, which has one form for equal folders.
    public var digest: Digest { Digest(of: encoded()) }

    public func encoded() -> [UInt8] { packed() }

    public init(decoding bytes: [UInt8]) throws(MessageError) { self = try .unpacked(from: bytes) }
}

extension Manifest: WireMessage {
    init(_ wire: Bertd__Manifest) throws(MessageError) {
        try self.init(try Read.messages(wire.n_files, wire.files))
    }

    func write(to wire: inout Bertd__Manifest, _ arena: Arena) {
        (wire.n_files, wire.files) = arena.list(files)
    }
}
