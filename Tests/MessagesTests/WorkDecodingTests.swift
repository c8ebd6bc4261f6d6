import Messages
import Testing

/// Work that cannot be done is rejected before anybody has to look at it, with the field at fault.
struct WorkDecodingTests {
    private static func body(_ fill: (inout RawMessage) -> Void) -> [UInt8] {
        var body = RawMessage()
        fill(&body)
        return body.bytes
    }

    /// A training of the model `m` for a task on one file.
    private static func fineTune(
        task: [UInt8]? = Array("mrpc".utf8), role: String = "train", data: String? = "d", path: String? = nil,
        files: Int = 1, _ more: (inout RawMessage) -> Void = { _ in }
    ) -> [UInt8] {
        body { message in
            message.bytes(1, "m".utf8)
            if let task { message.bytes(2, task) }
            for _ in 0..<files {
                message.bytes(
                    3,
                    body { file in
                        file.bytes(1, role.utf8)
                        if let data { file.bytes(2, data.utf8) }
                        if let path { file.bytes(3, path.utf8) }
                    })
            }
            more(&message)
        }
    }

    @Test(
        arguments: [
            (18, body { $0.bytes(1, "m".utf8) }, ErrorCode.invalid, "texts"),
            (
                18,
                body {
                    $0.bytes(1, "m".utf8); $0.bytes(2, "a".utf8); $0.bytes(2, "b".utf8); $0.bytes(3, "c".utf8)
                }, .invalid, "pairs"
            ),
            (
                18,
                body {
                    $0.bytes(1, "m".utf8); $0.bytes(2, "a".utf8); $0.bytes(3, [0xff]); $0.number(5, 1)
                }, .invalidUTF8, "pairs[0]"
            ),
            (19, body { $0.bytes(2, "a".utf8) }, .invalid, "model"),
            (
                19,
                body {
                    $0.bytes(1, "m".utf8); $0.bytes(2, "a".utf8); $0.number(9, 1)
                }, .unsupported, "tag_tokens"
            ),
            (20, body { $0.bytes(1, "m".utf8) }, .invalid, "questions"),
            (
                20,
                body {
                    $0.bytes(1, "m".utf8); $0.bytes(2, []); $0.number(3, 101)
                }, .invalid, "n_best"
            ),
            (
                20,
                body {
                    $0.bytes(1, "m".utf8); $0.bytes(2, []); $0.number(6, 0)
                }, .invalid, "stride"
            ),
            (
                20,
                body {
                    $0.bytes(1, "m".utf8); $0.bytes(2, []); $0.fixed64(7, Double.nan.bitPattern)
                }, .invalid, "null_threshold"
            ),
            (
                20,
                body {
                    $0.bytes(1, "m".utf8); $0.bytes(2, body { $0.bytes(2, [0xc0]) }); $0.number(8, 1)
                }, .invalidUTF8, "questions.context[0]"
            ),
            (21, fineTune(task: nil), .invalid, "task"),
            (21, fineTune(task: [UInt8](repeating: 97, count: 1025)), .tooLarge, "task"),
            (21, fineTune(files: 0), .invalid, "data"),
            (21, fineTune(files: 17), .invalid, "data"),
            (21, fineTune(data: nil), .invalid, "data.data"),
            (21, fineTune(data: "a/b"), .invalid, "data.data"),
            (21, fineTune(path: "../train.tsv"), .invalid, "data.path"),
            (21, fineTune { $0.bytes(8, "a@1".utf8) }, .invalid, "name"),
            (21, fineTune { $0.bytes(9, [1]) }, .invalid, "start_from"),
            (21, fineTune { $0.number(10, 0) }, .invalid, "stop_at_step"),
            (21, fineTune { $0.number(40, 0) }, .unsupported, "fine_tune"),
            (21, fineTune { $0.bytes(7, body { $0.number(3, 1) }) }, .unsupported, "settings"),
            (
                21, fineTune { message in for _ in 0..<257 { message.bytes(7, []) } }, .invalid, "settings"
            ),
            (22, body { $0.bytes(1, "m".utf8) }, .invalid, "data"),
        ] as [(UInt64, [UInt8], ErrorCode, String)])
    func whatCannotBeDoneIsRejected(field: UInt64, body: [UInt8], code: ErrorCode, named: String) {
        let decoded = Command.decode(RawMessage.command(bodyField: field, body: body))
        guard case .rejected(_, let error) = decoded else {
            Issue.record("expected a rejection, found \(decoded)")
            return
        }
        #expect(error.code == code)
        #expect(error.field == named, "\(error)")
    }

    @Test func aDigestOfDataIsTakenForOne() throws {
        let digest = Digest(of: [1])
        let frame = RawMessage.command(bodyField: 21, body: Self.fineTune(data: digest.hex, path: "train.tsv"))
        guard case .command(let command) = Command.decode(frame), case .work(let work) = command.body else {
            Issue.record("expected work")
            return
        }
        #expect(work.data == [try DataFile(role: "train", data: .digest(digest), path: "train.tsv")])
        #expect(work.kind.workerClass == .training)
        #expect(try work.bound(to: [Digest(of: [2])]).data.map(\.data) == [.digest(Digest(of: [2]))])
        #expect(throws: MessageError.self) { try work.bound(to: []) }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func theSlicesOfWorkAreTheWork(seed: UInt64) throws {
        var samples = Samples(seed: seed)
        let work = try samples.work(ofValidText: true)
        #expect(work.sliced(0..<work.rowCount) == work)
        let cut = samples.number(upTo: work.rowCount)
        guard work.kind.workerClass == .inference, (1..<work.rowCount).contains(cut) else { return }
        let parts = [work.sliced(0..<cut), work.sliced(cut..<work.rowCount)]
        #expect(parts.map(\.rowCount) == [cut, work.rowCount - cut])
        let bytes = parts.flatMap { part in (0..<part.rowCount).map(part.byteCount(ofRow:)) }
        #expect(bytes == (0..<work.rowCount).map(work.byteCount(ofRow:)))
    }

    @Test func aNumberThatIsNoneIsLeftOut() throws {
        let event = Event(
            logID: 1, time: UnixTime(microseconds: 1),
            body: .metrics(Metrics(step: 1, epoch: .infinity, set: "dev", metrics: [Metric(name: "f1", value: .nan)])))
        guard case .metrics(let metrics) = try Event(decoding: event.encoded()).body else {
            Issue.record("expected metrics")
            return
        }
        #expect(metrics.epoch == nil)
        #expect(metrics.metrics == [Metric(name: "f1", value: nil)])
    }

    @Test func asManyShortRowsAsThereMayBeAreAffordable() {
        let count = Limits.maxRows
        let pairs = Self.body { message in
            message.bytes(1, "m".utf8)
            for _ in 0..<count { message.bytes(2, "a".utf8) }
            for _ in 0..<count { message.bytes(3, "b".utf8) }
        }
        let questions = Self.body { message in
            message.bytes(1, "m".utf8)
            let question = Self.body {
                $0.bytes(1, "a".utf8); $0.bytes(2, "b".utf8)
            }
            for _ in 0..<count { message.bytes(2, question) }
        }
        for (field, body) in [(18, pairs), (20, questions)] as [(UInt64, [UInt8])] {
            guard case .command = Command.decode(RawMessage.command(bodyField: field, body: body)) else {
                Issue.record("expected a command in field \(field)")
                continue
            }
        }
    }
}
