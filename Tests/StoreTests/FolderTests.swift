import Foundation
import Messages
import Store
import Testing

@Suite struct FolderTests {
    let scratch: ScratchFolder
    let store: Store
    let manifest: Manifest

    init() throws {
        scratch = try ScratchFolder()
        store = try Store(folder: scratch.url)
        manifest = try Manifest([
            ManifestFile(path: "config.json", size: 3, digest: Digest(of: [1, 2, 3])),
            ManifestFile(path: "1_Pooling/config.json", size: 2, digest: Digest(of: [4, 5])),
            ManifestFile(path: "copy.json", size: 3, digest: Digest(of: [1, 2, 3])),
        ])
    }

    @Test func aManifestBecomesAFolder() throws {
        _ = try store.put([1, 2, 3])
        _ = try store.put([4, 5])
        #expect(store.missing(of: manifest).isEmpty)
        #expect(Store.madeFolder(manifest.digest, in: scratch.url) == nil)
        let folder = try store.folder(of: manifest)
        #expect(Store.madeFolder(manifest.digest, in: scratch.url) == folder)
        #expect(try Array(Data(contentsOf: folder.appending(path: "1_Pooling/config.json"))) == [4, 5])
        #expect(try Array(Data(contentsOf: folder.appending(path: "copy.json"))) == [1, 2, 3])
        #expect(try store.folder(of: manifest) == folder)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/aside").isEmpty)
    }

    @Test func missingObjectsAreNamed() throws {
        _ = try store.put([4, 5])
        #expect(store.missing(of: manifest).map(\.path) == ["config.json", "copy.json"])
        #expect(throws: StoreError.missing(paths: ["config.json", "copy.json"])) { try store.folder(of: manifest) }
    }

    @Test func anObjectOfAnotherSizeIsRefused() throws {
        _ = try store.put([1, 2, 3])
        let lie = try Manifest([ManifestFile(path: "a", size: 4, digest: Digest(of: [1, 2, 3]))])
        #expect(store.missing(of: lie).map(\.path) == ["a"])
        #expect(throws: StoreError.wrongSize(path: "a", expected: 4, found: 3)) { try store.folder(of: lie) }
    }

    @Test func manyAtOnceGetTheSameFolder() async throws {
        _ = try store.put([1, 2, 3])
        _ = try store.put([4, 5])
        let folders = try await withThrowingTaskGroup(of: URL.self) { [store, manifest] group in
            for _ in 0..<16 { group.addTask { try store.folder(of: manifest) } }
            return try await group.reduce(into: Set<URL>()) { $0.insert($1) }
        }
        #expect(folders.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.url.path + "/aside").isEmpty)
    }
}
