import Client
import Foundation
import Messages
import ServiceSupport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SubmitterTests {
    private let patience: Duration = .seconds(20)

    private func submitter(to service: FakeService, patience: Duration = .seconds(20)) throws -> Submitter {
        let client = try Client(service.server, clientID: try Identifier("me"), patience: patience)
        return try Submitter(client, group: try Identifier("g"))
    }

    private func bytes(_ ended: EndedJob?) -> [UInt8]? {
        if case .succeeded(let result, _)? = ended?.outcome { return result.bytes }
        return nil
    }

    @Test func rowsArePutTogetherInOrder() throws {
        let (first, firstBytes) = Sample.row(0)
        let (second, secondBytes) = Sample.row(1)
        let service = try FakeService { command, _ in
            [
                .publish(Sample.event(1, 1, of: command, .accepted(Accepted(rows: 2)))),
                .publish(Sample.event(2, 2, of: command, .result(first)), tensor: firstBytes),
                .publish(Sample.event(3, 3, of: command, .result(second)), tensor: secondBytes),
                .publish(Sample.event(4, 4, of: command, Sample.succeeded)),
            ]
        }
        defer { service.stop() }
        let submitter = try submitter(to: service)
        let command = try Sample.command()
        try submitter.submit(command, rows: 2)
        #expect(submitter.openCount == 1)
        let ended = try submitter.next(timeout: patience)
        #expect(bytes(ended) == firstBytes + secondBytes)
        #expect(submitter.openCount == 0 && submitter.openBytes == 0)
        #expect(service.count(of: command.jobID) == 1)
    }

    @Test func aCommandIsPushedUntilItIsAccepted() throws {
        let service = try FakeService { command, count in
            guard count == 2 else { return [] }
            return [.publish(Sample.event(1, 1, of: command, .failed(ServiceError(.invalid, "bad"))))]
        }
        defer { service.stop() }
        let submitter = try submitter(to: service)
        let command = try Sample.command()
        try submitter.submit(command, rows: 2)
        let ended = try submitter.next(timeout: patience)
        #expect(ended?.outcome == .failed(ServiceError(.invalid, "bad")))
        #expect(service.count(of: command.jobID) == 2)
    }

    @Test(arguments: [0, 1]) func rowsThatDidNotComeAreFetched(_ lost: Int) throws {
        let rows = [Sample.row(0), Sample.row(1)]
        let command = try Sample.command()
        let service = try FakeService { command, _ in
            [
                .publish(Sample.event(2, 2, of: command, .result(rows[1 - lost].0)), tensor: rows[1 - lost].1),
                .publish(Sample.event(4, 4, of: command, Sample.succeeded)),
            ]
        } onRequest: { body in
            guard case .fetch(let fetch) = body else { return (.events(Self.upToDate([])), []) }
            let page = Page(job: Sample.summary(command, .succeeded), rows: rows[fetch.firstRow].0)
            return (.page(page), rows[fetch.firstRow].1)
        }
        defer { service.stop() }
        let submitter = try submitter(to: service)
        try submitter.submit(command, rows: 2)
        #expect(bytes(try submitter.next(timeout: patience)) == rows[0].1 + rows[1].1)
    }

    @Test func anEndThatWasMissedIsReplayedAfterAReconnect() throws {
        let command = try Sample.command()
        let end = Sample.event(9, 4, of: command, .cancelled(reason: "why"))
        let service = try FakeService { command, _ in
            [
                .publish(Sample.event(1, 1, of: command, .accepted(Accepted(rows: 2)))),
                .publishFrames([Array("e1/g/".utf8), FakeService.welcome.encoded()]),
            ]
        } onRequest: { body in
            guard case .replay(let replay) = body, replay.afterSeq == 100, replay.filter == "e1/g/" else { return nil }
            return (.events(Self.upToDate([end])), [])
        }
        defer { service.stop() }
        let submitter = try submitter(to: service)
        try submitter.submit(command, rows: 2)
        #expect(try submitter.next(timeout: patience)?.outcome == .cancelled(reason: "why"))
    }

    @Test func aNewLogMakesEveryOutcomeUnknown() throws {
        let service = try FakeService { command, count in
            count == 1
                ? [
                    .publish(Sample.event(1, 1, of: command, .accepted(Accepted(rows: 2)))),
                    .publishFrames([Array("e1/g/".utf8), FakeService.welcome.encoded()]),
                ] : [.publish(Sample.event(1, 1, of: command, .cancelled(reason: nil)))]
        } onRequest: { _ in
            (.events(EventsPage(logID: 8, outcome: .logChanged, nextSeq: 0, firstSeq: 1)), [])
        }
        defer { service.stop() }
        let submitter = try submitter(to: service)
        let command = try Sample.command()
        try submitter.submit(command, rows: 2)
        #expect(try submitter.next(timeout: patience)?.outcome == .cancelled(reason: nil))
        #expect(service.count(of: command.jobID) == 2)
    }

    @Test func anOverloadedServiceIsAskedAgainAndAConflictIsNot() throws {
        let service = try FakeService { command, count in
            let (code, pause): (ErrorCode, Duration?) = count == 1 ? (.overloaded, .milliseconds(1)) : (.conflict, nil)
            return [.publish(Sample.rejection(code, of: command, retryAfter: pause))]
        }
        defer { service.stop() }
        let submitter = try submitter(to: service)
        let command = try Sample.command()
        try submitter.submit(command, rows: 2)
        #expect(try submitter.next(timeout: patience)?.outcome == .rejected(ServiceError(.conflict, "no")))
        #expect(service.count(of: command.jobID) == 2)
    }

    @Test func anEarlierVerdictIsOldNews() throws {
        let service = try FakeService { command, _ in
            [.publish(Sample.event(1, 2, of: command, replayed: true, .failed(ServiceError(.damaged, "then"))))]
        } onRequest: { _ in
            (.events(Self.upToDate([])), [])
        }
        defer { service.stop() }
        let submitter = try submitter(to: service)
        try submitter.submit(try Sample.command(), rows: 2)
        let ended = try submitter.next(timeout: patience)
        #expect(ended?.isOldNews == true)
    }

    @Test func whatIsNotUnderstoodIsPassedOver() throws {
        let topic = Array("e1/g/job/accepted".utf8)
        let garbage: [[[UInt8]]] = [
            [topic], [topic, [0xFF, 0xFF]], [topic, [], [], []], [topic, [9, 1]], [topic, []],
        ]
        let service = try FakeService { command, _ in
            garbage.map { .publishFrames($0) } + [.publish(Sample.event(1, 1, of: command, .cancelled(reason: "end")))]
        }
        defer { service.stop() }
        let submitter = try submitter(to: service)
        try submitter.submit(try Sample.command(), rows: 2)
        #expect(try submitter.next(timeout: patience)?.outcome == .cancelled(reason: "end"))
    }

    @Test func aServiceThatSaysNothingIsGivenUp() throws {
        let service = try FakeService()
        defer { service.stop() }
        let submitter = try submitter(to: service, patience: .milliseconds(200))
        try submitter.submit(try Sample.command(), rows: 2)
        #expect(throws: ClientError.self) { try submitter.next(timeout: .seconds(10)) }
    }

    @Test func aCommandPastTheLimitIsNotSent() throws {
        let service = try FakeService()
        defer { service.stop() }
        let submitter = try submitter(to: service)
        let command = try Sample.command(texts: [Text(String(repeating: "x", count: 10 << 20))])
        let error = #expect(throws: ClientError.self) { try submitter.submit(command, rows: 1) }
        #expect(error?.description.contains("too large, expected at most 4194304") == true)
        #expect(submitter.openCount == 0)
    }

    private static func upToDate(_ events: [Event]) -> EventsPage {
        EventsPage(logID: 7, outcome: .upToDate, nextSeq: 200, firstSeq: 1, frames: events.map { $0.encoded() })
    }
}
