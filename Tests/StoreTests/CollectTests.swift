import Foundation
import Messages
import Store
import Testing

@Suite struct CollectTests {
    let scratch: ScratchFolder
    let store: Store
    let day = 86_400.0

    init() throws {
        scratch = try ScratchFolder()
        store = try Store(folder: scratch.url)
    }

    private func path(_ digest: Digest) -> String { "objects/\(digest.hex.prefix(2))/\(digest.hex.dropFirst(2))" }

    @Test func onlyOldThingsThatNothingRefersToGo() throws {
        let kept = try store.put([1])
        let young = try store.put([2])
        let old = try store.put([3, 3, 3])
        for digest in [kept, old] { try scratch.age(path(digest), seconds: day + 60) }
        #expect(try store.collect(keeping: [kept], now: .now) == 3)
        #expect(store.size(of: kept) == 1)
        #expect(store.size(of: young) == 1)
        #expect(store.size(of: old) == nil)
    }

    @Test func askingForAnOldObjectSparesIt() throws {
        let digest = try store.put([1])
        try scratch.age(path(digest), seconds: day + 60)
        _ = try store.put(digest, size: 1, offset: 0, bytes: nil)
        #expect(try store.collect(keeping: [], now: .now) == 0)
        #expect(store.size(of: digest) == 1)
    }

    @Test func uploadsMayRestForADay() throws {
        let young = Digest(of: [1, 2])
        let old = Digest(of: [1, 2, 3])
        for (digest, size) in [(young, 2), (old, 3)] {
            _ = try store.put(digest, size: size, offset: 0, bytes: [1])
        }
        try scratch.age("partial/\(old.hex)", seconds: day + 60)
        try scratch.age("partial/\(young.hex)", seconds: day - 60)
        #expect(try store.collect(keeping: [], now: .now) == 1)
        #expect(try store.put(young, size: 2, offset: 1, bytes: [2]) == 2)
        #expect(try store.put(old, size: 3, offset: 0, bytes: nil) == 0)
    }

    @Test func aFolderGoesWithItsManifest() throws {
        let digest = try store.put([1])
        let manifest = try Manifest([ManifestFile(path: "a/b", size: 1, digest: digest)])
        let folder = try store.folder(of: manifest)
        try scratch.age("folders/\(manifest.digest.hex)", seconds: day + 60)
        _ = try store.collect(keeping: [manifest.digest, digest], now: .now)
        #expect(FileManager.default.fileExists(atPath: folder.path + "/a/b"))
        _ = try store.collect(keeping: [], now: .now)
        #expect(!FileManager.default.fileExists(atPath: folder.path))
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/aside").isEmpty)
    }

    /// What a crash leaves: a file or folder aside that never got its name.
    @Test func rubbishAsideGoesAfterADay() throws {
        let aside = scratch.url.appending(path: "aside")
        try Data([1]).write(to: aside.appending(path: "file"))
        try FileManager.default.createDirectory(
            at: aside.appending(path: "folder/deep"), withIntermediateDirectories: true)
        _ = try store.collect(keeping: [], now: .now)
        #expect(try FileManager.default.contentsOfDirectory(atPath: aside.path).count == 2)
        for name in ["file", "folder"] { try scratch.age("aside/" + name, seconds: day + 60) }
        _ = try store.collect(keeping: [], now: .now)
        #expect(try FileManager.default.contentsOfDirectory(atPath: aside.path).isEmpty)
    }
}
