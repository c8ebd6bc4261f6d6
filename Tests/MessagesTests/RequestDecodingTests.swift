import Messages
import Testing

/// A request that cannot be read is answered under its own number, with the field at fault.
struct RequestDecodingTests {
    private static let digest = Digest(of: []).bytes

    private static func body(_ fill: (inout RawMessage) -> Void) -> RawMessage {
        var body = RawMessage()
        fill(&body)
        return body
    }

    @Test(
        arguments: [
            (RawMessage.request(protocol: 9, 20, RawMessage()), ErrorCode.unsupported, "protocol"),
            (RawMessage.request(protocol: nil, 20, RawMessage()), .unsupported, "protocol"),
            (RawMessage.request(99, RawMessage()), .unsupported, "body"),
            (RawMessage.request(16, RawMessage()), .invalid, "job_id"),
            (RawMessage.request(18, body { $0.bytes(1, "a b".utf8) }), .invalid, "job_id"),
            (
                RawMessage.request(
                    16,
                    body {
                        $0.bytes(1, "j".utf8); $0.number(4, 60_001)
                    }), .invalid, "wait_ms"
            ),
            (
                RawMessage.request(
                    16,
                    body {
                        $0.bytes(1, "j".utf8); $0.number(2, .max)
                    }), .invalid, "first_row"
            ),
            (RawMessage.request(17, body { $0.number(2, 1 << 53 + 1) }), .invalid, "after_seq"),
            (RawMessage.request(17, body { $0.number(4, 0) }), .invalid, "limit"),
            (RawMessage.request(17, body { $0.number(4, 1001) }), .invalid, "limit"),
            (RawMessage.request(17, body { $0.bytes(3, [0xc0]) }), .invalidUTF8, "filter"),
            (RawMessage.request(19, body { $0.bytes(1, "sleeping".utf8) }), .invalid, "state"),
            (RawMessage.request(19, body { $0.number(3, 1001) }), .invalid, "limit"),
            (RawMessage.request(21, body { $0.bytes(1, [1, 2]) }), .invalid, "digest"),
            (RawMessage.request(21, body { $0.bytes(1, digest) }), .invalid, "size"),
            (
                RawMessage.request(
                    21,
                    body {
                        $0.bytes(1, digest); $0.number(2, 4); $0.number(3, 3); $0.bytes(4, [1, 2])
                    }),
                .invalid, "offset"
            ),
            (
                RawMessage.request(
                    21,
                    body {
                        $0.bytes(1, digest); $0.number(2, 1 << 30)
                        $0.bytes(4, [UInt8](repeating: 0, count: (1 << 20) + 1))
                    }), .tooLarge, "bytes"
            ),
            (RawMessage.request(22, body { $0.bytes(1, "m".utf8) }), .invalid, "manifest"),
            (
                RawMessage.request(
                    22,
                    body {
                        $0.bytes(1, "m".utf8); $0.bytes(2, [])
                    }), .invalid, "manifest"
            ),
            (RawMessage.request(22, body { $0.bytes(1, "m@2".utf8) }), .invalid, "name"),
            (RawMessage.request(24, RawMessage()), .invalid, "name"),
            (RawMessage.request(23, body { $0.bytes(2, "dataset".utf8) }), .invalid, "kind"),
            (
                RawMessage.request(
                    24,
                    body {
                        $0.bytes(1, "m".utf8); $0.bytes(2, "".utf8)
                    }), .invalid, "kind"
            ),
        ] as [([UInt8], ErrorCode, String)])
    func aBadRequestIsAnsweredUnderItsNumber(frame: [UInt8], code: ErrorCode, field: String) {
        let rejection = #expect(throws: RequestRejection.self) { try Request.decode(frame) }
        #expect(rejection?.requestID == 77)
        #expect(rejection?.error.code == code)
        #expect(rejection?.error.field == field)
    }

    @Test func noiseIsAnsweredUnderNumberZero() {
        let rejection = #expect(throws: RequestRejection.self) { try Request.decode([0xff, 0xff]) }
        #expect(rejection?.requestID == 0)
        #expect(rejection?.error.code == .invalid)
    }
}
