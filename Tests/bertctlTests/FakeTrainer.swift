import Client
import Foundation
import Messages
import ServiceSupport
import Synchronization

/// A service that knows one model, takes all data, and does what it is asked in no time.
///
/// What a run tells is told by replay alone, as to a watcher that comes late.
final class FakeTrainer: Sendable {
    private struct State {
        var work: [Identifier: Command] = [:]
        var objects: [Digest: Int] = [:]
        var registered: [StoredModel] = []
    }

    private let state = Mutex(State())
    private let service = Mutex<FakeService?>(nil)
    private let failure: ServiceError?
    private let isEndless: Bool

    /// - Parameters:
    ///   - failure: what every run ends with
    ///   - isEndless: whether no run ends at all
    init(failure: ServiceError? = nil, isEndless: Bool = false) throws {
        self.failure = failure
        self.isEndless = isEndless
        let service = try FakeService(
            onCommand: { [self] command, _ in take(command) }, onRequest: { [self] in (answer($0), []) })
        self.service.withLock { $0 = service }
    }

    var environment: [String: String] {
        ["BERTD_SERVER": service.withLock { $0?.server.description } ?? "", "BERTD_TIMEOUT": "10"]
    }

    func stop() { service.withLock { $0?.stop() } }

    /// In the order of their ids.
    var commands: [Command] {
        state.withLock { $0.work.values.sorted { $0.jobID.string < $1.jobID.string } }
    }

    var dataSets: [StoredModel] { state.withLock { $0.registered } }

    private func take(_ command: Command) -> [FakeService.Action] {
        state.withLock { $0.work[command.jobID] = command }
        let accepted = event(command, 1, .accepted(Accepted(rows: 0, model: nil)))
        guard case .work(.classify(let classify)) = command.body else { return [.publish(accepted)] }
        let tensor = [UInt8](repeating: 0, count: classify.texts.count * 8)
        let rows = ResultRows(
            firstRow: 0, count: classify.texts.count, elementType: .float32, shape: [classify.texts.count, 2],
            digest: Digest(of: tensor), tokenCounts: classify.texts.map { _ in 3 }, labels: ["bad", "good"],
            outcomes: classify.texts.map { RowOutcome(label: $0.byteCount > 3 ? "good" : "bad", score: 0.75) })
        return [
            .publish(accepted), .publish(event(command, 2, .result(rows)), tensor: tensor),
            .publish(event(command, 3, .succeeded(Self.success(model: nil)))),
        ]
    }

    private func answer(_ body: Request.Body) -> Reply.Body {
        state.withLock { state in
            switch body {
            case .status: return .service(Self.status)
            case .show(let id):
                guard let command = state.work[id] else { return .error(ServiceError(.unknownJob, "no such job")) }
                return .job(summary(command))
            case .listModels(let name, let kind):
                let all = kind == .data ? state.registered : [Self.model]
                return .models(all.filter { name == nil || $0.name == name })
            case .put(let put):
                // Taken as sent: a copy is whole when as many bytes have come.
                let have = max(state.objects[put.digest] ?? 0, (put.offset) + (put.bytes?.count ?? 0))
                state.objects[put.digest] = have
                return .stored(have: have)
            case .register(let name, let manifest, let kind):
                if let known = state.registered.first(where: { $0.digest == manifest.digest && $0.name == name }) {
                    return .model(known)
                }
                let version = state.registered.count { $0.name == name } + 1
                let stored = StoredModel(
                    name: name, version: version, digest: manifest.digest, byteCount: manifest.byteCount,
                    registeredAt: UnixTime(microseconds: 0), manifest: manifest, kind: kind)
                state.registered.append(stored)
                return .model(stored)
            case .replay(let replay):
                let events = state.work.values.flatMap { story(of: $0) }
                    .filter { ($0.seq ?? 0) > replay.afterSeq }
                    .filter { Topic($0).map { "\($0)".hasPrefix(replay.filter) } ?? false }
                return .events(
                    EventsPage(
                        logID: 7, outcome: .upToDate, nextSeq: 100, firstSeq: 1, frames: events.map { $0.encoded() }))
            default: return .error(ServiceError(.unsupported, "not here"))
            }
        }
    }

    private func story(of command: Command) -> [Event] {
        guard case .work(let work) = command.body, work.kind.workerClass == .training else { return [] }
        let isDry = if case .fineTune(let fineTune) = work { fineTune.isDryRun } else { false }
        var name: ModelReference?
        if case .fineTune(let fineTune) = work {
            name = fineTune.name.map { ModelReference(name: $0, version: 1) }
        }
        let survey = Survey(
            sets: [DataSurvey(set: "train", rows: 9)], maxTokens: 128, totalSteps: 3, peakBytes: 1, machineBytes: 2)
        let scores = Metrics(step: 3, epoch: 1, set: "dev", metrics: [Metric(name: "accuracy", value: 0.5)])
        var bodies: [Event.Body] = [.accepted(Accepted(rows: 0, model: nil)), .survey(survey)]
        if !isDry { bodies.append(.metrics(scores)) }
        if !isEndless { bodies.append(failure.map { .failed($0) } ?? .succeeded(Self.success(model: name))) }
        return bodies.enumerated().map { event(command, $0.offset + 1, $0.element) }
    }

    private func event(_ command: Command, _ number: Int, _ body: Event.Body) -> Event {
        Event(
            logID: 7, seq: number, jobSeq: number, time: UnixTime(microseconds: 0), address: command.address, body: body
        )
    }

    private func summary(_ command: Command) -> JobSummary {
        guard case .work(let work) = command.body else { preconditionFailure("only work is kept") }
        let isRun = work.kind.workerClass == .training
        return JobSummary(
            address: command.address, kind: work.kind.rawValue, priority: .bulk,
            state: isEndless ? .running : failure != nil ? .failed : .succeeded, rows: isRun ? 0 : work.rowCount,
            rowsDone: 0, acceptedAt: UnixTime(microseconds: 0), error: failure)
    }

    private static func success(model: ModelReference?) -> Succeeded {
        Succeeded(
            usage: Usage(), queueTime: .zero, totalTime: .seconds(3), model: model,
            metrics: [Metric(name: "eval_accuracy", value: 0.5)])
    }

    private static var model: StoredModel {
        guard let name = try? ModelName("base") else { preconditionFailure("'base' is a name") }
        return StoredModel(
            name: name, version: 2, digest: Digest(of: []), byteCount: 1, registeredAt: UnixTime(microseconds: 0))
    }

    private static var status: ServiceStatus {
        ServiceStatus(
            serverVersion: "0", logID: 7, boot: 1, firstSeq: 1, lastSeq: 1, startedAt: UnixTime(microseconds: 0),
            openJobs: 0, queuedTokens: 0, queuedBytes: 0, workers: [], counters: [], settings: [], journalBytes: 0,
            residentBytes: 0)
    }
}
