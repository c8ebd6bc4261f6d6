import Foundation
import Messages
import Store
import Testing

/// Checkpoints that are kept no longer leave the disk at once, and take nothing of others with them.
struct DiscardTests {
    private let scratch: ScratchFolder
    private let store: Store
    private let weights = bytes(1000, seed: 1)
    /// When what was made now has been there for longer than somebody needs to refer to it.
    private let soon = UnixTime.now.advanced(by: .seconds(15))

    init() throws {
        scratch = try ScratchFolder()
        store = try Store(folder: scratch.url.appending(path: "store"))
    }

    private func adopt(_ files: [String: [UInt8]]) throws -> Manifest {
        let folder = scratch.url.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
        defer { try? FileManager.default.removeItem(at: folder) }
        return try store.adopt(folder: folder)
    }

    private func folder(of manifest: Manifest) -> URL? {
        Store.madeFolder(manifest.digest, in: scratch.url.appending(path: "store"))
    }

    private func expect(
        _ manifest: Manifest, keeping: Set<Digest>, now: UnixTime, frees freed: Int, isDone: Bool,
        at location: SourceLocation = #_sourceLocation
    ) {
        let discarded = store.discard(manifest, keeping: keeping, now: now)
        #expect(discarded.freed == freed && discarded.isDone == isDone, sourceLocation: location)
    }

    @Test func whatIsKeptNoLongerGoesAtOnce() throws {
        let manifest = try adopt(["weights": weights, "vocabulary": [1, 2]])
        expect(manifest, keeping: [], now: soon, frees: 1002, isDone: true)
        #expect(store.size(of: Digest(of: weights)) == nil && folder(of: manifest) == nil)
        expect(manifest, keeping: [], now: soon, frees: 0, isDone: true)
    }

    @Test func whatWasFoundAMomentAgoStaysForAMoment() throws {
        let manifest = try adopt(["weights": weights])
        expect(manifest, keeping: [], now: .now, frees: 0, isDone: false)
        for name in ["folders/\(manifest.digest.hex)", objectName(Digest(of: weights))] {
            try scratch.age("store/" + name, seconds: 86_400 - 290 + 11)
        }
        _ = try adopt(["again": weights])
        // Somebody is about to name the weights.
        expect(manifest, keeping: [], now: .now, frees: 0, isDone: false)
        #expect(folder(of: manifest) == nil && store.size(of: Digest(of: weights)) == 1000)
        expect(manifest, keeping: [], now: soon, frees: 1000, isDone: true)
    }

    @Test func whatOthersNameStays() throws {
        let gone = try adopt(["weights": weights, "vocabulary": [1, 2]])
        let kept = try adopt(["best": weights, "vocabulary": [1, 2, 3]])
        let inUse = Set([kept.digest] + kept.files.map(\.digest))
        expect(gone, keeping: inUse, now: soon, frees: 2, isDone: true)
        #expect(store.missing(of: kept).isEmpty && folder(of: kept) != nil)
    }

    @Test func whatAClientPutLivesAsLongAsItWould() throws {
        let digest = try store.put(weights)
        let manifest = try adopt(["weights": weights, "vocabulary": [1, 2]])
        expect(manifest, keeping: [], now: soon, frees: 2, isDone: true)
        #expect(store.size(of: digest) == 1000)
        #expect(try store.collect(keeping: [], now: .now.advanced(by: .seconds(86_500))) == 1000)
    }

    private func objectName(_ digest: Digest) -> String {
        "objects/\(digest.hex.prefix(2))/\(digest.hex.dropFirst(2))"
    }
}
