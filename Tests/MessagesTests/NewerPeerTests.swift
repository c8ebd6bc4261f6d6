import Messages
import Testing

/// A client of this version goes on where a newer server says more than it knows.
struct NewerPeerTests {
    @Test func anUnknownEventIsUnrecognised() throws {
        var raw = RawMessage()
        raw.number(2, 12)
        raw.bytes(99, [1, 2, 3])
        let event = try Event(decoding: raw.bytes)
        #expect(event.body == .unrecognised)
        #expect(event.seq == 12)
        #expect(Topic(event) == nil)
    }

    @Test func anUnknownReplyIsUnrecognised() throws {
        var raw = RawMessage()
        raw.number(1, 12)
        raw.bytes(99, [])
        #expect(try Reply(decoding: raw.bytes) == Reply(requestID: 12, body: .unrecognised))
    }

    @Test func anUnknownCodeKeepsItsSentenceAndWhetherToRetry() throws {
        var error = RawMessage()
        error.bytes(1, "hungry".utf8)
        error.bytes(2, "feed me".utf8)
        error.number(4, 1)
        var reply = RawMessage()
        reply.bytes(16, error.bytes)
        guard case .error(let found) = try Reply(decoding: reply.bytes).body else {
            Issue.record("expected an error")
            return
        }
        #expect(found.code == .unrecognised)
        #expect(found.message == "feed me")
        #expect(found.isRetryable)
    }

    @Test func anUnknownRowStatusIsUnrecognised() throws {
        var note = RawMessage()
        note.number(1, 3)
        note.bytes(2, "sparkling".utf8)
        var rows = RawMessage()
        rows.bytes(3, "bfloat16".utf8)
        rows.bytes(5, Digest(of: []).bytes)
        rows.bytes(7, note.bytes)
        var event = RawMessage()
        event.bytes(19, rows.bytes)
        guard case .result(let found) = try Event(decoding: event.bytes).body else {
            Issue.record("expected a result")
            return
        }
        #expect(found.notes == [RowNote(row: 3, status: .unrecognised)])
        #expect(found.elementType == .unrecognised)
        #expect(found.tensorByteCount == nil)
    }
}
