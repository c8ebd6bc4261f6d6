import Foundation
import Messages
import Store
import Testing

@Suite struct UploadTests {
    let scratch: ScratchFolder
    let store: Store
    let content = Self.content
    let digest: Digest

    private static let content = bytes(250_000, seed: 7)

    init() throws {
        scratch = try ScratchFolder()
        store = try Store(folder: scratch.url)
        digest = Digest(of: content)
    }

    /// Sends the bytes from `offset` on, at most `count`.
    private func send(_ offset: Int, _ count: Int, to store: Store? = nil) throws -> Int {
        let piece = Array(content.dropFirst(offset).prefix(count))
        return try (store ?? self.store).put(digest, size: content.count, offset: offset, bytes: piece)
    }

    @Test func piecesMakeTheObject() throws {
        #expect(try send(0, 100_000) == 100_000)
        #expect(try send(100_000, 100_000) == 200_000)
        #expect(store.size(of: digest) == nil)
        #expect(try send(200_000, 100_000) == content.count)
        #expect(try store.read(digest, offset: 0, count: content.count) == content)
        #expect(try scratch.files.count == 1)
    }

    @Test func askingTellsHowMuchIsThere() throws {
        let ask = { try store.put(digest, size: content.count, offset: 0, bytes: nil) }
        #expect(try ask() == 0)
        #expect(try scratch.files.isEmpty)
        _ = try send(0, 10)
        #expect(try ask() == 10)
        _ = try send(10, content.count)
        #expect(try ask() == content.count)
    }

    @Test(arguments: [1, 4096, 249_999])
    func aCutUploadGoesOnInAnotherProcess(have: Int) throws {
        _ = try send(0, have)
        let next = try Store(folder: scratch.url)
        #expect(try next.put(digest, size: content.count, offset: 0, bytes: nil) == have)
        #expect(try send(have, content.count, to: next) == content.count)
        #expect(try next.read(digest, offset: 0, count: content.count) == content)
    }

    @Test(arguments: [0, 9, 11])
    func bytesForAnotherPlaceAreRefused(offset: Int) throws {
        _ = try send(0, 10)
        #expect(throws: StoreError.wrongOffset(expected: 10, found: offset)) { try send(offset, 5) }
        #expect(try send(10, 5) == 15)
    }

    @Test func moreBytesThanDeclaredAreRefused() throws {
        _ = try store.put(digest, size: 12, offset: 0, bytes: bytes(10, seed: 1))
        #expect(throws: StoreError.pastEnd(size: 12, found: 13)) {
            try store.put(digest, size: 12, offset: 10, bytes: [1, 2, 3])
        }
    }

    @Test func aLieIsFoundAndDropped() throws {
        let lie = bytes(1000, seed: 8)
        #expect(throws: StoreError.wrongDigest(expected: digest, found: Digest(of: lie))) {
            try store.put(digest, size: 1000, offset: 0, bytes: lie)
        }
        #expect(store.size(of: digest) == nil)
        #expect(try scratch.files.isEmpty)
        #expect(try send(0, content.count) == content.count)
    }

    @Test func aCompleteObjectIsNotSentAgain() throws {
        _ = try store.put(content)
        #expect(try send(0, 10) == content.count)
        #expect(throws: StoreError.pastEnd(size: 5, found: content.count)) {
            try store.put(digest, size: 5, offset: 0, bytes: nil)
        }
    }

    @Test func theEmptyObjectIsCompleteAtOnce() throws {
        let empty = Digest(of: [UInt8]())
        #expect(try store.put(empty, size: 0, offset: 0, bytes: nil) == 0)
        #expect(store.size(of: empty) == 0)
    }

    /// A crash after the last byte and before the name: the file is whole but still partial.
    @Test func aWholePartialFileIsFinishedByAnEmptyPiece() throws {
        try Data(content).write(to: scratch.url.appending(path: "partial/\(digest.hex)"))
        #expect(try store.put(digest, size: content.count, offset: content.count, bytes: []) == content.count)
        #expect(try store.read(digest, offset: 0, count: 5) == Array(content.prefix(5)))
    }

    @Test func twoThatSendTheSameObjectBothEndWithIt() async throws {
        try await withThrowingTaskGroup(of: Void.self) { [store, digest, content] group in
            for _ in 0..<4 {
                group.addTask {
                    var have = try store.put(digest, size: content.count, offset: 0, bytes: nil)
                    while have < content.count {
                        let piece = Array(content.dropFirst(have).prefix(10_000))
                        do {
                            have = try store.put(digest, size: content.count, offset: have, bytes: piece)
                        } catch StoreError.wrongOffset(let expected, _) {
                            have = expected
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try store.read(digest, offset: 0, count: content.count) == content)
    }
}
