package import Client
import Foundation
package import Messages
import Sweep

/// Runs a sweep: reads its log, asks the study what is to be done, and submits that.
///
///     log ──► SweepLog ──► Study.next ──► FineTune jobs, Release
///      ▲                                        │
///      └──────────────── service ◄──────────────┘
///
/// It keeps nothing of its own. Killed at any instant and started again, here or elsewhere, it goes on; two at once submit
/// the same jobs, and the service takes each once.
package final class SweepController {
    private let client: Client
    private let catalog: SweepCatalog
    private var feed: SweepFeed
    private let group: Identifier
    package private(set) var log: SweepLog
    private var nextLook = ContinuousClock.now
    private var workers = 1
    private var released: Set<Stretch> = []

    /// How often the definition and the workers are looked at.
    private static let lookInterval: Duration = .seconds(2)

    package convenience init(_ client: Client, sweep name: String) throws(SweepError) {
        try self.init(client, SweepCatalog(client).definition(of: name))
    }

    /// - Parameter definition: not necessarily registered yet
    package init(_ client: Client, _ definition: SweepDefinition) throws(SweepError) {
        self.client = client
        catalog = SweepCatalog(client)
        do {
            group = try Identifier(definition.name)
            feed = try SweepFeed(client, group: group)
        } catch let error as ClientError {
            throw .client(error)
        } catch {
            throw .unknownSweep(definition.name)
        }
        log = SweepLog(definition)
    }

    package var definition: SweepDefinition { log.definition }

    /// Goes on until nothing is left to do for the intent of the definition.
    ///
    /// - Parameter told: called after every round with the log as it stands
    package func run(told: (SweepLog) -> Void) throws(SweepError) {
        try read(timeout: .zero)
        if log.intake != .nothing { try survey() }
        while true {
            try look()
            try act()
            told(log)
            if log.isOver { return try leave() }
            try read(timeout: .milliseconds(500))
        }
    }

    /// What the service would not take is in no log: whoever looks on would wait for it for ever.
    private func leave() throws(SweepError) {
        guard !log.refusals.isEmpty else { return }
        try catalog.change(definition.name) { if $0.intent == .run { $0.intent = .pause } }
    }

    /// Takes the news, for at most so long.
    private func read(timeout: Duration) throws(SweepError) {
        let news = try asking { () throws(ClientError) in try feed.news(timeout: timeout) }
        for event in news { log.take(event) }
    }

    private var limit: Int { definition.study.maxParallel ?? workers }

    /// Reads the latest definition now and then, and before anything may be begun; another one is another study of the same
    /// log.
    private func look() throws(SweepError) {
        guard ContinuousClock.now >= nextLook || log.study.openCount < limit else { return }
        nextLook = .now + Self.lookInterval
        let latest = try catalog.definition(of: definition.name)
        if latest != definition {
            log = SweepLog(latest)
            feed.rewind()
            try read(timeout: .zero)
        }
        let status = try asking { () throws(ClientError) in try client.status() }
        workers = status.trainingWorkers
    }

    // MARK: What is to be done

    private func act() throws(SweepError) {
        if definition.intent == .cancel { try cancelOpenJobs() }
        for action in log.study.next(limit: limit, log.intake) {
            switch action {
            case .run(let stretch, let point, let attempt, let goal):
                try submit(StretchName(stretch, attempt: attempt), point, goal)
            case .release(let stretch): try release(stretch)
            }
        }
    }

    private func submit(_ name: StretchName, _ point: Point, _ goal: Double) throws(SweepError) {
        let settings = definition.settings(of: point, replica: name.stretch.replica)
        let named = Dictionary(settings.map { ($0.name, $0.value) }) { $1 }
        guard let steps = log.stepsPerEpoch(named) else {
            return refuse(name, "its settings are none of the task's")
        }
        var work = try definition.fineTune(settings)
        if name.attempt > 0, let checkpoint = log.checkpoints[name.stretch] {
            // As far as the attempt before had come.
            work.startFrom = checkpoint
        } else if let previous = name.stretch.previous {
            guard let checkpoint = log.checkpoints[previous] else { return refuse(name, "its checkpoint is gone") }
            work.startFrom = checkpoint
        }
        work.stopAtStep = max(1, Int((goal * Double(steps)).rounded()))
        let command = try command(.fineTune(work), job: name.job(of: definition.name))
        do {
            _ = try client.submit(command)
        } catch .refused(let error) where error.code == .conflict {
            // Another controller was first; the log says with what.
        } catch .refused(let error) where !error.isRetryable {
            refuse(name, "\(error)")
        } catch {
            throw .client(error)
        }
    }

    private func refuse(_ name: StretchName, _ reason: String) {
        log.study.observe(.cancelled(name.stretch))
        log.refuse(name, reason)
    }

    private func release(_ stretch: Stretch) throws(SweepError) {
        guard log.checkpoints[stretch] != nil, released.insert(stretch).inserted else { return }
        for (job, work) in log.works where work.name.stretch == stretch && !work.isOpen {
            do {
                _ = try client.release(job)
            } catch .refused {
                // It is open again or long forgotten; either way there is nothing to be done.
            } catch {
                throw .client(error)
            }
        }
    }

    private func cancelOpenJobs() throws(SweepError) {
        for (job, work) in log.works where work.isOpen {
            let address = JobAddress(clientID: client.clientID, group: group, jobID: job)
            _ = try asking { () throws(ClientError) in
                try client.cancel(address, reason: "the sweep was cancelled")
            }
        }
    }

    /// What the sweep will cost, from the first look at its data.
    ///
    /// - Throws: `tooLarge` where its checkpoints would not fit on the service's disk
    package func estimate() throws(SweepError) -> SweepEstimate {
        try read(timeout: .zero)
        try survey()
        guard let survey = log.survey else { throw .surveyFailed("there is no survey") }
        let (model, status) = try asking { () throws(ClientError) in
            guard let reference = try? ModelReference(definition.model) else {
                throw .unexpected(expected: "NAME@VERSION", found: "'\(definition.model)'")
            }
            return (try client.resolve(reference), try client.status())
        }
        let estimate = SweepEstimate(
            definition.study, survey: survey, modelBytes: model.manifest?.byteCount ?? 0,
            workers: min(status.trainingWorkers, definition.study.maxParallel ?? .max))
        if let free = status.freeBytes, estimate.peakBytes > free {
            throw .tooLarge(needed: estimate.peakBytes, free: free)
        }
        return estimate
    }

    // MARK: The winner

    /// Has the best trial's model made and registered, from its checkpoint; its test data are scored.
    ///
    /// - Returns: the job that does it, or has done it
    package func promote(as name: ModelName) throws(SweepError) -> JobAddress {
        try read(timeout: .zero)
        guard let best = log.study.best else { throw .noFinishedTrial(definition.name) }
        let replica = best.replicas.indices.max { left, right in
            let (a, b) = (best.replicas[left].curve.last?.value, best.replicas[right].curve.last?.value)
            return definition.study.direction.prefers(b ?? .nan, to: a ?? .nan)
        }
        let stretch = Stretch(trial: best.number, replica: replica ?? 0, rung: max(0, best.reached - 1))
        var work = try definition.fineTune(
            definition.settings(of: best.point, replica: stretch.replica), tests: true)
        work.name = name
        // The checkpoint of a trial that was pruned is gone: it is trained from the beginning.
        work.startFrom = best.state == .pruned ? nil : log.checkpoints[stretch]
        let command = try command(
            .fineTune(work), job: "\(definition.name)\(SweepLog.promotion)\(best.number).\(name)")
        _ = try asking { () throws(ClientError) in try client.submit(command) }
        return command.address
    }

    // MARK: The first look at the data

    /// One dry run of the trial's fixed settings tells how many examples there are, how long a step takes, and what the
    /// memory must be.
    private func survey() throws(SweepError) {
        guard log.survey == nil else { return }
        var work = try definition.fineTune(
            definition.settings.sorted { $0.key < $1.key }.map { Setting(name: $0.key, value: $0.value) })
        work.isDryRun = true
        let command = try command(.fineTune(work), job: log.surveyJob)
        do {
            _ = try client.submit(command)
        } catch .refused(let error) where error.code == .conflict {
            // Somebody else's bertctl was first; what it found is as good.
        } catch {
            throw .client(error)
        }
        while log.survey == nil {
            if let reason = log.surveyError { throw .surveyFailed(reason) }
            try read(timeout: .seconds(1))
        }
    }

    private func command(_ work: Work, job: String) throws(SweepError) -> Command {
        guard let id = try? Identifier(job) else { throw .unknownSweep(definition.name) }
        return Command(
            address: JobAddress(clientID: client.clientID, group: group, jobID: id), priority: .bulk, body: .work(work))
    }

    private func asking<Result>(_ body: () throws(ClientError) -> Result) throws(SweepError) -> Result {
        do { return try body() } catch { throw .client(error) }
    }
}
