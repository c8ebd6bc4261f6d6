import Foundation
import Messages
import Store
import Testing

/// A folder that a worker made becomes objects and a folder of the store, without its bytes being copied.
struct AdoptTests {
    private let scratch: ScratchFolder
    private let store: Store

    init() throws {
        scratch = try ScratchFolder()
        store = try Store(folder: scratch.url.appending(path: "store"))
    }

    private func folder(_ name: String, _ files: [String: [UInt8]]) throws -> URL {
        let folder = scratch.url.appending(path: name)
        for (path, bytes) in files {
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: file)
        }
        return folder
    }

    @Test func aFolderBecomesItsManifestAndItsFolder() throws {
        let weights = bytes(3 << 20, seed: 1)
        let made = try folder("made", ["model.safetensors": weights, "deep/er/config.json": [1, 2], "empty": []])
        let manifest = try store.adopt(folder: made)
        #expect(manifest.files.map(\.path) == ["deep/er/config.json", "empty", "model.safetensors"])
        #expect(manifest.files.map(\.size) == [2, 0, 3 << 20])
        #expect(store.missing(of: manifest).isEmpty)
        let root = scratch.url.appending(path: "store")
        let own = try #require(Store.madeFolder(manifest.digest, in: root))
        try FileManager.default.removeItem(at: made)
        #expect(try Data(contentsOf: own.appending(path: "model.safetensors")) == Data(weights))
        #expect(try store.read(Digest(of: weights), offset: 5, count: 7) == Array(weights[5..<12]))
    }

    @Test func theSameFolderTwiceIsOne() throws {
        let files: [String: [UInt8]] = ["a": [1], "b": [2]]
        let first = try store.adopt(folder: folder("first", files))
        let before = try scratch.files.filter { $0.key.hasPrefix("store/") }
        #expect(try store.adopt(folder: folder("second", files)) == first)
        #expect(try scratch.files.filter { $0.key.hasPrefix("store/") } == before)
    }

    @Test func whatIsNotReferredToGoesWithinMinutes() throws {
        let manifest = try store.adopt(folder: folder("made", ["a": [1, 2, 3]]))
        let digest = Digest(of: [1, 2, 3])
        #expect(try store.collect(keeping: [], now: .now) == 0)
        let later = UnixTime.now.advanced(by: .seconds(310))
        #expect(try store.collect(keeping: [digest, manifest.digest], now: later) == 0)
        #expect(try store.collect(keeping: [], now: later) == 3)
        #expect(store.size(of: digest) == nil)
        #expect(Store.madeFolder(manifest.digest, in: scratch.url.appending(path: "store")) == nil)
    }

    @Test func aLinkIsNotFollowed() throws {
        let made = try folder("made", ["a": [1]])
        try FileManager.default.createSymbolicLink(
            atPath: made.appending(path: "secret").path, withDestinationPath: "/etc/passwd")
        #expect(throws: StoreError.self) { try store.adopt(folder: made) }
        #expect(throws: StoreError.self) { try store.adopt(folder: scratch.url.appending(path: "absent")) }
    }
}
