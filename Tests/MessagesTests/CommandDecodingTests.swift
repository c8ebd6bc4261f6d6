import Messages
import Testing

/// A command frame is a command, an answer to its sender, or garbage; never anything else.
struct CommandDecodingTests {
    private let address: JobAddress

    init() throws {
        address = JobAddress(clientID: try Identifier("me"), jobID: try Identifier("job-1"))
    }

    @Test func theShortestCommandTakesTheDefaults() throws {
        let embed = Embed(model: try ModelReference("minilm"), texts: ["hello"])
        #expect(Command.decode(RawMessage.command()) == .command(Command(address: address, body: .work(.embed(embed)))))
    }

    @Test(
        arguments: [
            (RawMessage.command(protocol: 2), ErrorCode.unsupported, "protocol", "expected 1, found 2"),
            (RawMessage.command(protocol: nil), .unsupported, "protocol", "expected 1, found none"),
            (RawMessage.command(bodyField: 30), .unsupported, "body", "evaluate or cancel, found field 30"),
            (RawMessage.command(body: nil), .unsupported, "body", "evaluate or cancel, found none"),
            (RawMessage.command(priority: "urgent"), .invalid, "priority", "expected 'interactive' or 'bulk'"),
            (RawMessage.command(group: Array("a/b".utf8)), .invalid, "group", "found byte 0x2f at 1"),
            (RawMessage.command(group: []), .invalid, "group", "found 0 bytes"),
            (RawMessage.command(body: RawMessage.embed(model: nil)), .invalid, "model", "expected a value, found none"),
            (RawMessage.command(body: RawMessage.embed(model: "a b")), .invalid, "model", "found byte 0x20 at 1"),
            (RawMessage.command(body: RawMessage.embed(model: "a:b")), .invalid, "model", "found byte 0x3a at 1"),
            (
                RawMessage.command(body: RawMessage.embed(model: "a@0")), .invalid, "model",
                "expected NAME or NAME@VERSION"
            ),
            (
                RawMessage.command(body: RawMessage.embed(model: "a@01")), .invalid, "model",
                "expected NAME or NAME@VERSION"
            ),
            (
                RawMessage.command(body: RawMessage.embed(model: "a@")), .invalid, "model",
                "expected NAME or NAME@VERSION"
            ),
            (RawMessage.command(body: RawMessage.embed(model: "a@9999999999")), .invalid, "model", "counted from 1"),
            (RawMessage.command(body: RawMessage.embed(model: "@1")), .invalid, "model", "found 0 bytes"),
            (
                RawMessage.command(body: RawMessage.embed(texts: [])), .invalid, "texts",
                "expected at least one, found none"
            ),
            (RawMessage.command(body: RawMessage.embed(pooling: [0xff])), .invalidUTF8, "pooling", "expected UTF-8"),
            (RawMessage.command() + [0x30, 7], .unsupported, "command", "found field 6"),
            (RawMessage.command(body: RawMessage.embed() + [0x58, 1]), .unsupported, "embed", "found field 11"),
            (RawMessage.command(body: [0xff]), .invalid, nil, "found 17 bytes that are not one"),
        ] as [([UInt8], ErrorCode, String?, String)])
    func whatCanBeAddressedIsRejected(frame: [UInt8], code: ErrorCode, field: String?, sentence: String) {
        guard case .rejected(address, let error) = Command.decode(frame) else {
            Issue.record("expected a rejection, found \(Command.decode(frame))")
            return
        }
        #expect(error.code == code)
        #expect(error.field == field)
        #expect(error.message.contains(sentence), "\(error)")
        #expect(!error.isRetryable)
    }

    @Test(
        arguments: [
            ([], "client_id"),
            (Array("GET / HTTP/1.1\r\n\r\n".utf8), "client_id"),
            (RawMessage.command(job: nil), "job_id"),
            (RawMessage.command(client: nil), "client_id"),
            (RawMessage.command(job: Array("a\0b".utf8)), "job_id"),
            (RawMessage.command(job: Array("a/b".utf8)), "job_id"),
            (RawMessage.command(job: Array("été".utf8)), "job_id"),
            (RawMessage.command(job: []), "job_id"),
            (RawMessage.command(job: [UInt8](repeating: 97, count: 129)), "job_id"),
            (Array(RawMessage.command().prefix(8)), "job_id"),
        ] as [([UInt8], String)])
    func whatCannotBeAddressedIsGarbage(frame: [UInt8], field: String) {
        guard case .garbage(let reason) = Command.decode(frame) else {
            Issue.record("expected garbage, found \(Command.decode(frame))")
            return
        }
        #expect(reason.contains("'\(field)'"))
    }

    @Test func theLongestIdentifierIsTaken() {
        let job = [UInt8](repeating: 97, count: 128)
        guard case .command = Command.decode(RawMessage.command(job: job)) else {
            Issue.record("expected a command")
            return
        }
    }

    @Test func invalidTextFailsAloneUnlessStrict() throws {
        let texts: [[UInt8]] = [[], Array("nul\0inside".utf8), [0xc3, 0x28], Array("ok".utf8)]
        let lax = Command.decode(RawMessage.command(body: RawMessage.embed(texts: texts)))
        guard case .command(let command) = lax, case .work(.embed(let embed)) = command.body else {
            Issue.record("expected a command, found \(lax)")
            return
        }
        #expect(embed.texts.map(\.bytes) == texts)
        #expect(embed.texts.map(\.string) == ["", "nul\0inside", nil, "ok"])
        #expect(embed.texts.map(\.isValidUTF8) == [true, true, false, true])
        let strict = Command.decode(RawMessage.command(body: RawMessage.embed(texts: texts, strict: true)))
        #expect(strict == .rejected(address, MessageError.invalidUTF8(field: "texts[2]").serviceError))
    }

    @Test func tooManyTextsAreTooLarge() {
        let most = [[UInt8]](repeating: [97], count: Limits.maxRows)
        guard case .command = Command.decode(RawMessage.command(body: RawMessage.embed(texts: most))) else {
            Issue.record("expected a command of \(Limits.maxRows) short texts")
            return
        }
        let more = Command.decode(RawMessage.command(body: RawMessage.embed(texts: most + [[97]])))
        let error = ServiceError(.tooLarge, "expected at most 100000, found 100001", field: "texts")
        #expect(more == .rejected(address, error))
    }

    @Test func aFrameBetweenTheLimitsIsAnswered() {
        let frame = RawMessage.command(body: RawMessage.embed(texts: [[UInt8](repeating: 97, count: 5 << 20)]))
        let error = ServiceError(.tooLarge, "expected at most 4194304 bytes, found \(frame.count)", field: "command")
        #expect(Command.decode(frame) == .rejected(address, error))
    }

    @Test func aFrameThatSwellsIsRefused() {
        let frame = RawMessage.command(body: RawMessage.embed(texts: [[UInt8]](repeating: [], count: 2_000_000)))
        guard case .rejected(address, let error) = Command.decode(frame) else {
            Issue.record("expected a rejection")
            return
        }
        #expect(error.code == .tooLarge)
        #expect(error.message.contains("more memory"))
    }

    @Test func everyPrefixOfACommandIsGarbageOrRejected() {
        let frame = RawMessage.command(group: Array("g".utf8), body: RawMessage.embed(strict: true))
        for length in 0..<frame.count {
            if case .command = Command.decode(Array(frame.prefix(length))) {
                Issue.record("expected no command in the first \(length) of \(frame.count) bytes")
            }
        }
    }

    @Test func theLastOfTwoFieldsCounts() throws {
        var twice = RawMessage()
        twice.bytes(4, "first".utf8)
        let frame = twice.bytes + RawMessage.command()
        guard case .command(let command) = Command.decode(frame) else {
            Issue.record("expected a command")
            return
        }
        #expect(command.address == address)
    }
}
