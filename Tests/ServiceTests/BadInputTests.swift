import Foundation
import Messages
import TestSupport
import Testing

/// Everything a client can do wrong, against one service that must live through all of it.
@Suite(.serialized) struct BadInputTests {
    @Test func everyBadCommandIsAnsweredAndTheServiceLivesOn() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let client = try RawClient(basePort: service.basePort)

        func code(_ job: String, _ command: Command) throws -> ErrorCode? {
            try client.send([command.encoded()])
            switch try client.verdict(on: job) {
            case .rejected(let error), .failed(let error): return error.code
            default: return nil
            }
        }

        #expect(try code("a", .embed("a", ["text"], model: "absent")) == .unknownModel)
        #expect(try code("b", .embed("b", ["text"]) { $0.pooling = "meen" }) == .invalid)
        #expect(try code("c", .embed("c", ["text"]) { $0.layer = 77 }) == .invalid)
        #expect(try code("d", .embed("d", ["text"]) { $0.prompt = "none" }) == .invalid)
        #expect(try code("e", .embed("e", [Text(String(repeating: "x", count: 10 << 20))])) == .tooLarge)
        #expect(try code("f", .embed("f", [Text(bytes: [0xff])]) { $0.isStrict = true }) == .invalidUTF8)
        #expect(try code("g", .embed("g", ["a", "a\0b"])) == nil)

        var wrongVersion = try Command.embed("h", ["text"]).encoded()
        wrongVersion.replaceSubrange(0..<2, with: [0x08, 0x09])
        try client.send([wrongVersion])
        guard case .rejected(let error) = try client.verdict(on: "h") else { throw Unexpected() }
        #expect(error.code == .unsupported)

        let garbage = try client.counter("garbage")
        try client.send([[0xde, 0xad, 0xbe, 0xef]])
        try client.send([[]])
        let oversize = try client.counter("oversize")
        try client.send([[1], [2], [3]])
        #expect(try code("z", .embed("z", ["still alive"])) == nil)
        #expect(try client.counter("garbage") == garbage + 2)
        #expect(try client.counter("oversize") == oversize + 1)
    }

    @Test func aFrameAboveTheLimitCutsItsSenderAlone() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let offender = try RawClient(basePort: service.basePort)
        try offender.send([[UInt8](repeating: 0, count: Limits.maxFrameBytes + 1)])
        let client = try RawClient(basePort: service.basePort)
        try client.send([Command.embed("j", ["good"]).encoded()])
        guard case .succeeded = try client.verdict(on: "j") else { throw Unexpected() }
        // libzmq never let it in: what comes in too large is counted.
        #expect(try client.counter("oversize") == 0)
    }

    @Test func aMessageThatNeverEndsIsCutAndCounted() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let client = try RawClient(basePort: service.basePort)
        let offender = try RawPeer("tcp://127.0.0.1:\(service.basePort)")
        try offender.shakeHands(as: "PUSH")
        let frame = RawPeer.frame(count: 1 << 20, hasMore: true)
        var sent = 0
        while sent < 1 << 30, try offender.write(frame) { sent += frame.count }
        #expect(sent < 1 << 30)
        try client.send([Command.embed("j", ["good"]).encoded()])
        guard case .succeeded = try client.verdict(on: "j") else { throw Unexpected() }
        #expect(try client.counter("oversize") == 1)
    }

    @Test func aRowFailsAloneAndAnEmptyTextIsFlagged() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let client = try RawClient(basePort: service.basePort)
        let long = Text(String(repeating: "word ", count: 100))
        try client.send([Command.embed("j", ["good", "", Text(bytes: [0xc3, 0x28]), long]).encoded()])
        let event = try client.event("a result") { if case .result = $0.body { true } else { false } }
        guard case .result(let rows) = event.body else { throw Unexpected() }
        #expect(rows.shape == [4, TinyModel.hiddenSize])
        #expect(rows.notes.map(\.row) == [1, 2, 3])
        #expect(rows.notes[0].status == .empty)
        guard case .rejected(let error) = rows.notes[1].status, case .truncated(let dropped) = rows.notes[2].status
        else { throw Unexpected() }
        #expect(error.code == .invalidUTF8 && dropped > 0)
        #expect(rows.tokenCounts[3] == TinyModel.maximumTokens)
    }

    @Test func theSameIDWithOtherBytesIsAConflictAndTheSameBytesAreTheSameJob() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let client = try RawClient(basePort: service.basePort)
        try client.send([Command.embed("earlier", ["good"]).encoded()])
        _ = try client.verdict(on: "earlier")
        let command = try Command.embed("j", ["good"])
        try client.send([command.encoded()])
        let first = try client.event("the end") { $0.body.isTerminal }
        try client.send([command.encoded()])
        let again = try client.event("the end again") { $0.body.isTerminal }
        #expect(again.seq == first.seq && again.isReplayed)
        // Once, and not again and again: the next thing told is news.
        try client.send([Command.embed("later", ["good"]).encoded()])
        let next = try client.event("anything") { _ in true }
        #expect(next.address?.jobID.string == "later")
        try client.send([Command.embed("j", ["bad"]).encoded()])
        guard case .rejected(let error) = try client.verdict(on: "j") else { throw Unexpected() }
        #expect(error.code == .conflict)
    }

    @Test func aRejectedCommandCanBeAskedForWithoutASubscription() throws {
        let service = try ServiceUnderTest.withTinyModel()
        defer { service.close() }
        let client = try RawClient(basePort: service.basePort)
        try client.send([Command.embed("j", ["text"], model: "absent").encoded()])
        let reply = try client.ask(
            .fetch(Fetch(jobID: try Identifier("j"), firstRow: 0, count: 1, wait: .seconds(10))))
        guard case .page(let page) = reply else { throw Unexpected() }
        #expect(page.job.state == .rejected && page.job.error?.code == .unknownModel)
    }
}

struct Unexpected: Error {}
