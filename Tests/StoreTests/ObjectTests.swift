import Foundation
import Messages
import Store
import Testing

@Suite struct ObjectTests {
    let scratch: ScratchFolder
    let store: Store

    init() throws {
        scratch = try ScratchFolder()
        store = try Store(folder: scratch.url)
    }

    @Test(arguments: [0, 1, 4095, 4096, 300_000])
    func whatIsPutIsReadBack(count: Int) throws {
        let content = bytes(count, seed: 1)
        let digest = try store.put(content)
        #expect(digest == Digest(of: content))
        #expect(store.size(of: digest) == count)
        #expect(try store.read(digest, offset: 0, count: count + 1) == content)
        #expect(try store.read(digest, offset: count / 2, count: 7) == Array(content.dropFirst(count / 2).prefix(7)))
    }

    @Test func theSameBytesAreStoredOnce() throws {
        let digest = try store.put([1, 2, 3])
        #expect(try store.put([1, 2, 3]) == digest)
        #expect(try scratch.files == ["objects/\(digest.hex.prefix(2))/\(digest.hex.dropFirst(2))": 3])
    }

    @Test func anotherStoreOnTheFolderFindsThem() throws {
        let digest = try store.put([1, 2, 3])
        #expect(try Store(folder: scratch.url).read(digest, offset: 1, count: 10) == [2, 3])
    }

    @Test func anObjectThatIsNotThereIsAnError() {
        let digest = Digest(of: [9])
        #expect(store.size(of: digest) == nil)
        #expect(throws: StoreError.noObject(digest)) { try store.read(digest, offset: 0, count: 1) }
    }

    @Test func nobodyElseMayLookIn() throws {
        let digest = try store.put([1])
        let folder = scratch.url.appending(path: "objects/\(digest.hex.prefix(2))")
        let object = folder.appending(path: String(digest.hex.dropFirst(2)))
        for (path, mode) in [(folder.path, 0o700), (object.path, 0o400)] {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == mode)
        }
    }

    @Test func readersAndWritersDoNotDisturbEachOther() async throws {
        let contents = (0..<16).map { bytes(10_000 + $0, seed: UInt64($0)) }
        try await withThrowingTaskGroup(of: Void.self) { [store] group in
            for worker in 0..<64 {
                let content = contents[worker % contents.count]
                group.addTask {
                    let digest = try store.put(content)
                    #expect(try store.read(digest, offset: 0, count: content.count) == content)
                }
            }
            try await group.waitForAll()
        }
        #expect(try scratch.files.count == contents.count)
    }

    @Test func aFolderThatCannotBeMadeIsAClearError() throws {
        let file = scratch.url.appending(path: "file")
        try Data().write(to: file)
        #expect(throws: StoreError.self) { try Store(folder: file) }
    }
}
