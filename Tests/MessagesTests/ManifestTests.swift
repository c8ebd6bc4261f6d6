import Messages
import Testing

/// A manifest names one folder in one way, and nothing outside it.
struct ManifestTests {
    private static func file(_ path: String) throws -> ManifestFile {
        try ManifestFile(path: path, size: 3, digest: Digest(of: Array(path.utf8)))
    }

    @Test func theOrderOfTheFilesDoesNotMatter() throws {
        let files = try ["b", "a/é", "a/z", "Z", "a.txt"].map(Self.file)
        let manifest = try Manifest(files)
        #expect(manifest.files.map(\.path) == ["Z", "a.txt", "a/z", "a/é", "b"])
        #expect(try Manifest(files.reversed()).digest == manifest.digest)
        #expect(manifest.digest == Digest(of: manifest.encoded()))
        #expect(manifest.byteCount == 15)
    }

    @Test(arguments: [
        "", "/etc/passwd", "..", "../a", "a/..", "a/../b", "a//b", "a/", "./a", "a/.", "a\0b", "a\nb",
        "../\u{301}a", "/\u{301}a", "a/\u{301}/../b",
        String(repeating: "a", count: 256), String(repeating: "ab/", count: 400) + "c",
    ])
    func aPathThatLeavesTheFolderIsRefused(path: String) {
        #expect(throws: MessageError.self) { try Self.file(path) }
    }

    @Test(arguments: [[], ["a", "a"], ["a", "a/b"], ["a/b/c", "a"], ["a/b/c/d", "x", "a/b"], ["é", "e\u{301}"]])
    func filesThatCannotBeTogetherAreRefused(paths: [String]) throws {
        let files = try paths.map(Self.file)
        #expect(throws: MessageError.self) { try Manifest(files) }
    }

    @Test func sizesThatAddUpToTooMuchAreRefused() throws {
        let huge = try ["a", "b"].map { try ManifestFile(path: $0, size: 1 << 53, digest: Digest(of: [])) }
        #expect(throws: MessageError.self) { try Manifest(huge) }
        #expect(throws: MessageError.self) { try ManifestFile(path: "a", size: -1, digest: Digest(of: [])) }
    }
}
