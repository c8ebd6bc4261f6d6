import FineTuning
import Foundation
import Messages
import Store
import Tasks
import Tensors

/// Does the lease of a run: opens what it needs in the store, trains or judges, and puts what comes of it into the store.
struct Trainer: Sendable {
    private let store: Store
    private let storeFolder: URL
    /// Where a run keeps its checkpoints; emptied before each.
    private let work: URL
    private let kernels: Kernels

    /// - Parameter id: the worker's, whose own the working folder is
    init(stateFolder: URL, id: Identifier, kernels: Kernels) throws(WorkerError) {
        storeFolder = stateFolder.appending(path: "store")
        work = stateFolder.appending(path: "training").appending(path: id.string)
        self.kernels = kernels
        do {
            store = try Store(folder: storeFolder)
        } catch {
            throw .store(error)
        }
    }

    @Sendable func perform(_ lease: Lease, _ team: Team, _ line: RunLine) -> RunEnd {
        let start = ContinuousClock.now
        defer { try? FileManager.default.removeItem(at: work) }
        do throws(LeaseFailure) {
            try makeWorkFolder()
            let result: RunResult
            switch lease.work {
            case .fineTune(let fineTune): result = try self.fineTune(fineTune, lease, team, line)
            case .evaluate(let evaluate): result = try self.evaluate(evaluate, lease, team, line)
            case .embed, .classify, .tagTokens, .answerQuestions:
                throw LeaseFailure(.refused, ServiceError(.unsupported, "expected a run: this worker only trains"))
            }
            return .finished(result, Usage(rows: 1, computeTime: .now - start))
        } catch {
            return .unfinished(error.reason, error.error)
        }
    }

    private func fineTune(
        _ fineTune: FineTune, _ lease: Lease, _ team: Team, _ line: RunLine
    ) throws(LeaseFailure) -> RunResult {
        let setup = try RunSetup(
            task: fineTune.task, settings: fineTune.settings, data: fineTune.data, columns: fineTune.columns,
            model: lease.model, store: storeFolder, judges: false)
        let teller = RunTeller(line: line, store: store)
        do {
            let run = FineTuningRun(
                task: try setup.request.open(), options: setup.options, base: setup.model, work: work,
                resume: try checkpoint(lease.resumeFrom ?? fineTune.startFrom), stopAtStep: fineTune.stopAtStep,
                totalSteps: fineTune.totalSteps, isDryRun: fineTune.isDryRun,
                card: CardFacts(
                    name: fineTune.name?.string ?? setup.name.rawValue, base: fineTune.model.description,
                    data: setup.sources),
                kernels: kernels)
            let outcome = try run.run(team: team) { teller.take($0) }
            if let failure = teller.failure { throw failure }
            return try result(outcome, isRegistered: fineTune.name != nil, line)
        } catch {
            // A checkpoint that the store could not take ends the run before anything else goes wrong.
            throw LeaseFailure(of: teller.failure ?? error)
        }
    }

    private func result(
        _ outcome: RunOutcome, isRegistered: Bool, _ line: RunLine
    ) throws -> RunResult {
        switch outcome {
        case .finished(let folder, let metrics):
            let model = isRegistered ? try store.adopt(folder: URL(filePath: folder)) : nil
            return RunResult(model: model, metrics: metrics.map(Metric.init))
        case .stopped where line.isToStop: throw LeaseFailure.leaving
        case .stopped(_, _, let metrics): return RunResult(metrics: metrics.map(Metric.init))
        case .surveyed: return RunResult()
        }
    }

    private func evaluate(
        _ evaluate: Evaluate, _ lease: Lease, _ team: Team, _ line: RunLine
    ) throws(LeaseFailure) -> RunResult {
        let setup = try RunSetup(
            task: evaluate.task, settings: [], data: evaluate.data, columns: evaluate.columns, model: lease.model,
            store: storeFolder, judges: true)
        do {
            let run = EvaluationRun(task: try setup.request.open(), model: setup.model, kernels: kernels)
            let results = try run.run(options: setup.options, team: team) { !line.isToStop }
            guard let results else { throw LeaseFailure.leaving }
            var metrics: [Metric] = []
            for result in results {
                let values = result.evaluation.metrics.map(Metric.init)
                line.tell(.metrics(Metrics(step: 0, epoch: nil, set: result.set, metrics: values)))
                metrics += values.map { Metric(name: "\(result.set)_\($0.name)", value: $0.value) }
            }
            return RunResult(metrics: metrics)
        } catch {
            throw LeaseFailure(of: error)
        }
    }

    private func checkpoint(_ digest: Digest?) throws(LeaseFailure) -> URL? {
        guard let digest else { return nil }
        guard let folder = Store.madeFolder(digest, in: storeFolder) else {
            throw LeaseFailure(
                .refused,
                ServiceError(
                    .unknownObject, "checkpoint \(digest.hex) is not in \(storeFolder.path)", field: "start_from"))
        }
        return folder
    }

    private func makeWorkFolder() throws(LeaseFailure) {
        do {
            try? FileManager.default.removeItem(at: work)
            try FileManager.default.createDirectory(
                at: work, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw LeaseFailure(
                .failed, ServiceError(.storageFull, "cannot make the run's folder: \(error.localizedDescription)"))
        }
    }
}

extension LeaseFailure {
    static let leaving = LeaseFailure(.returned, ServiceError(.shuttingDown, "the worker is shutting down"))

    /// What ended a run, as the broker is told.
    fileprivate init(of error: any Error) {
        switch error {
        case let error as LeaseFailure: self = error
        case let error as FineTuningError: self.init(.failed, ServiceError(error))
        // Of what this worker put there itself: no other code says whose fault it is.
        case StoreError.storageFull: self.init(.failed, ServiceError(.storageFull, "no space is left in the store"))
        case let error as StoreError: self.init(.failed, ServiceError(.internal, "\(error)"))
        default: self.init(.failed, ServiceError(.internal, "\(error)"))
        }
    }
}
