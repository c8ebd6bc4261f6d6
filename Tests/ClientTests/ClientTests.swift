import Client
import Foundation
import Messages
import ServiceSupport
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ClientTests {
    private let identity: Identifier

    init() throws {
        identity = try Identifier("me")
    }

    @Test func noServiceIsSaidAtOnceWithTheWayToStartOne() throws {
        // Ports below 5 of the loopback: nobody listens there.
        let server = try Server("127.0.0.1:1")
        let clock = ContinuousClock()
        let duration = clock.measure {
            let error = #expect(throws: ClientError.self) { try Client(server, clientID: identity) }
            #expect(error?.description.contains("start one with 'bertd serve'") == true)
        }
        #expect(duration < .seconds(1))
    }

    @Test func aListenerThatSaysNothingIsGivenUp() throws {
        let service = try FakeService()
        defer { service.stop() }
        let client = try Client(service.server, clientID: identity, patience: .milliseconds(100))
        let error = #expect(throws: ClientError.self) { try client.status() }
        #expect(error?.description.contains("silent") == true)
    }

    @Test func aRefusalIsTheServicesOwn() throws {
        let service = try FakeService(onRequest: { _ in (.error(ServiceError(.unknownJob, "no such job")), []) })
        defer { service.stop() }
        let client = try Client(service.server, clientID: identity)
        #expect(throws: ClientError.refused(ServiceError(.unknownJob, "no such job"))) { try client.job(identity) }
    }

    @Test func checkpointsAreLetGoByTheirJob() throws {
        let service = try FakeService(onRequest: { [identity] body in
            (body == .releaseCheckpoints(of: identity) ? .released(byteCount: 7) : .unrecognised, [])
        })
        defer { service.stop() }
        #expect(try Client(service.server, clientID: identity).release(identity) == 7)
    }

    @Test func anAnswerOfAnotherKindIsNoAnswer() throws {
        let service = try FakeService(onRequest: { _ in (.stored(have: 1), []) })
        defer { service.stop() }
        let client = try Client(service.server, clientID: identity)
        #expect(throws: ClientError.unexpected(expected: "'service'", found: "'stored'")) { try client.status() }
    }

    @Test func bytesThatAreNotOfTheirDigestAreRefused() throws {
        let command = try Sample.command()
        let service = try FakeService(onRequest: { _ in
            (.page(Page(job: Sample.summary(command, .running), rows: Sample.row(0).0)), [1, 2, 3, 4, 5, 6, 7, 8])
        })
        defer { service.stop() }
        let client = try Client(service.server, clientID: identity)
        #expect(throws: ClientError.self) { try client.fetch(Fetch(jobID: command.jobID, count: 1)) }
    }

    @Test func anObjectIsFetchedFromWhereItsFileEnds() throws {
        let bytes = (0..<2_500_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let digest = Digest(of: bytes)
        let service = try FakeService(onRequest: { body in
            guard case .get(digest, let offset) = body else { return nil }
            let end = min(bytes.count, offset + Limits.maxPutBytes)
            return (.piece(Array(bytes[min(offset, end)..<end]), ofSize: bytes.count), [])
        })
        defer { service.stop() }
        let client = try Client(service.server, clientID: identity)
        let file = FileManager.default.temporaryDirectory.appending(path: "bertd-get-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(bytes.prefix(1_000_001)).write(to: file)
        var told: [Int] = []
        try client.get(digest, size: bytes.count, to: file.path) { told.append($0) }
        #expect(told == [1_000_001, 1_000_001 + Limits.maxPutBytes, 2_500_000])
        #expect(try Data(contentsOf: file) == Data(bytes))
        try Data(bytes.prefix(9) + [0]).write(to: file)
        let error = #expect(throws: ClientError.self) {
            try client.get(digest, size: bytes.count, to: file.path) { _ in }
        }
        #expect(error?.description.contains("other bytes") == true)
    }

    @Test func aFileGoesOnWhereItsCopyEnds() throws {
        let bytes = [UInt8](repeating: 1, count: 2_000_000) + [2, 3] + [UInt8](repeating: 4, count: 1_100_000)
        let path = FileManager.default.temporaryDirectory.appending(path: "put-\(UUID().uuidString)").path
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let stored = Mutex(Array(bytes.prefix(1_500_000)))
        let service = try FakeService(onRequest: { body in
            guard case .put(let put) = body else { return nil }
            return stored.withLock { stored in
                if let piece = put.bytes, put.offset == stored.count { stored += piece }
                return (.stored(have: stored.count), [])
            }
        })
        defer { service.stop() }
        let client = try Client(service.server, clientID: identity)
        var told: [Int] = []
        try client.put(path, size: bytes.count, digest: Digest(of: bytes)) { told.append($0) }
        #expect(stored.withLock { $0 } == bytes)
        #expect(told.first == 1_500_000 && told.last == bytes.count && told.count == 3)
    }

    @Test func aCopyThatDoesNotGrowIsAnError() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "put-\(UUID().uuidString)").path
        try Data([1, 2, 3]).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        let service = try FakeService(onRequest: { _ in (.stored(have: 0), []) })
        defer { service.stop() }
        let client = try Client(service.server, clientID: identity)
        #expect(throws: ClientError.self) { try client.put(path, size: 3, digest: Digest(of: [1, 2, 3])) { _ in } }
    }

    @Test func theLatestVersionIsMeantUnlessOneIsNamed() throws {
        let name = try ModelName("m")
        let service = try FakeService(onRequest: { _ in
            let models = [1, 3, 2].map {
                StoredModel(
                    name: name, version: $0, digest: Digest(of: [UInt8($0)]), byteCount: 1,
                    registeredAt: UnixTime(microseconds: 0), manifest: nil)
            }
            return (.models(models), [])
        })
        defer { service.stop() }
        let client = try Client(service.server, clientID: identity)
        #expect(try client.resolve(ModelReference("m")).version == 3)
        #expect(try client.resolve(ModelReference("m@2")).version == 2)
        #expect(throws: ClientError.self) { try client.resolve(try ModelReference("m@4")) }
    }
}
