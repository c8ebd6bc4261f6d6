import Foundation
import Messages
import TestSupport
import Testing

/// The small values: digests, names, topics, times, codes.
struct ValueTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func digestsAreThoseOfTheStandard(text: String, hex: String) throws {
        let digest = Digest(of: Array(text.utf8))
        #expect(digest.hex == hex)
        #expect(Digest(hex: hex.uppercased()) == digest)
        #expect(Digest(bytes: digest.bytes) == digest)
        var hasher = Digest.Hasher()
        for byte in text.utf8 { hasher.update([byte]) }
        #expect(hasher.finish() == digest)
    }

    @Test(arguments: ["", "e3b0", String(repeating: "g", count: 64), String(repeating: "0", count: 65)])
    func whatIsNotADigestIsNil(hex: String) {
        #expect(Digest(hex: hex) == nil)
    }

    @Test func aTopicTellsTheEventAndTheJob() throws {
        var samples = Samples(seed: 1)
        let address = JobAddress(
            clientID: try Identifier("me"), group: try Identifier("sweep"), jobID: try Identifier("j1"))
        let accepted = Event(logID: 1, time: .now, address: address, body: .accepted(Accepted(rows: 1)))
        #expect(Topic(accepted)?.description == "e1/sweep/j1/accepted")
        let result = Event(logID: 1, time: .now, address: address, body: .result(samples.rows()))
        #expect(Topic(result)?.description == "r1/sweep/j1/result")
        let worker = WorkerEvent(
            workerID: try Identifier("w-1"), state: .online, workerClass: .inference, host: "h", processID: 1, lanes: 2)
        #expect(Topic(Event(logID: 1, time: .now, body: .worker(worker)))?.description == "w1//w-1/online")
        let heartbeat = Heartbeat(openJobs: 0, queuedTokens: 0, workers: 0)
        #expect(Topic(Event(logID: 1, time: .now, body: .heartbeat(heartbeat)))?.description == "s1///heartbeat")
    }

    @Test func aTopicIsReadBack() throws {
        var samples = Samples(seed: 2)
        for _ in 0..<100 {
            guard let topic = Topic(try samples.event()) else { continue }
            #expect(Topic(parsing: topic.bytes) == topic)
        }
        for bad in ["", "e1", "e1/a/b", "e1/a/b/c/d", "x9/a/b/c"] {
            #expect(Topic(parsing: Array(bad.utf8)) == nil)
        }
    }

    @Test func aSubscriptionEndsInASlash() throws {
        let group = try Identifier("g")
        #expect(Topic.prefix(.life) == "e1/")
        #expect(Topic.prefix(.results, group: group) == "r1/g/")
        #expect(Topic.prefix(.life, group: group, job: try Identifier("j")) == "e1/g/j/")
    }

    @Test func aTensorBeyondAnyMemoryHasNoLength() {
        var rows = ResultRows(
            firstRow: 0, count: 2, elementType: .float16, shape: [2, 384], digest: Digest(of: []), tokenCounts: [])
        #expect(rows.tensorByteCount == 2 * 384 * 2)
        rows.shape = [1 << 53, 1 << 53]
        #expect(rows.tensorByteCount == nil)
    }

    @Test func usageAddsUpToTheLargestNumberAndNoFurther() {
        var sum = Usage(rows: 1 << 53, tokens: 1)
        sum += Usage(rows: 1 << 53, tokens: 2, computeTime: .seconds(1))
        #expect(sum == Usage(rows: 1 << 53, tokens: 3, computeTime: .seconds(1)))
    }

    @Test func timesDoNotOverflow() {
        let end = UnixTime(microseconds: .max)
        #expect(end.advanced(by: .seconds(1)) == end)
        #expect(end.advanced(by: .microseconds(-1)).duration(since: end) == .microseconds(-1))
        #expect(end.duration(since: UnixTime(microseconds: .min)) > .zero)
    }

    @Test func anErrorIsASentenceWithItsPlace() {
        let error = ServiceError(.damaged, "expected 12 bytes, found 3", field: "weights", file: "a.npy", line: 4)
        #expect(error.description == "damaged: a.npy:4: field 'weights': expected 12 bytes, found 3")
    }

    @Test func theContractListsEveryCode() throws {
        let page = try String(contentsOf: SharedData.repository.appending(path: "Protos/README.md"), encoding: .utf8)
        for code in ErrorCode.allCases where code != .unrecognised {
            #expect(page.contains("| `\(code.rawValue)` | \(code.isRetryable ? "yes" : "no") |"))
        }
    }
}
