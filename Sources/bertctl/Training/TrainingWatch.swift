import Client
import Foundation
import Messages
import Terminal

/// Follows a run from its beginning to its end, whenever it began, and shows how it goes.
///
/// Live events are shown as they come. What was committed before, or was missed, is seen as a gap in `job_seq` and
/// replayed; the service's word on the job's state decides whether it is over.
struct TrainingWatch {
    private let client: Client
    private let format: Format
    private let past: JobPast
    private let subscription: Subscription
    private let canvas = Canvas(environment: ProcessInfo.processInfo.environment)
    private var report = TrainingReport()
    private var block = LiveBlock()
    private var lastSeq = 0
    private var lastJobSeq = 0
    private var end: Event.Body?
    private var nextLook = ContinuousClock.now

    private static let lookInterval: Duration = .seconds(2)
    private static let drawInterval: Duration = .milliseconds(200)

    init(_ client: Client, _ address: JobAddress, _ format: Format) throws(ClientError) {
        self.client = client
        self.format = format
        past = JobPast(client: client, address: address)
        subscription = try Subscription(
            client, group: address.group, job: address.jobID, results: false, progress: true)
    }

    /// - Throws: `Failure` with the verdict, unless it is a good one
    mutating func run(until deadline: ContinuousClock.Instant?) throws -> Succeeded {
        try catchUp()
        while end == nil {
            if let deadline, ContinuousClock.now >= deadline {
                block.clear()
                throw Failure.timedOut("not at its end yet; the work goes on")
            }
            switch try subscription.receive(timeout: Self.drawInterval) {
            case .event(let event, _): try take(event)
            case .welcome: try catchUp()
            case nil: break
            }
            try look()
            if end == nil { draw() }
        }
        block.clear()
        return try verdict()
    }

    private mutating func look() throws {
        guard end == nil, ContinuousClock.now >= nextLook else { return }
        nextLook = .now + Self.lookInterval
        if try client.job(past.address.jobID).state.isTerminal { try catchUp() }
    }

    private mutating func catchUp() throws {
        for event in try past.events(after: lastSeq) { show(event) }
        // Events are kept for days, jobs for longer.
        if end == nil {
            let job = try client.job(past.address.jobID)
            guard !job.state.isTerminal else {
                block.clear()
                try job.checkVerdict()
                throw Failure.notFound("job '\(past.address.jobID)' succeeded so long ago that its events are gone")
            }
        }
    }

    private mutating func take(_ event: Event) throws {
        guard event.address?.jobID == past.address.jobID else { return }
        if let jobSeq = event.jobSeq, jobSeq > lastJobSeq + 1 { return try catchUp() }
        show(event)
    }

    private mutating func show(_ event: Event) {
        if let seq = event.seq {
            guard seq > lastSeq else { return }
            lastSeq = seq
            lastJobSeq = max(lastJobSeq, event.jobSeq ?? 0)
        }
        if event.body.isTerminal { end = event.body }
        let lines = report.take(event.body)
        switch format {
        case .json: if let json = event.json { Print.json(json) }
        case .table:
            guard !lines.isEmpty else { return }
            block.clear()
            for line in lines { Print.line(line.fitted(to: 400)) }
        }
    }

    private mutating func draw() {
        guard format == .table else { return }
        let (report, canvas) = (report, canvas)
        block.show { width in report.block(width: width, height: Screen.height, canvas: canvas) }
    }

    private func verdict() throws -> Succeeded {
        let id = past.address.jobID
        switch end {
        case .succeeded(let succeeded):
            if format == .table {
                for line in report.curve(width: Screen.width, canvas: canvas) { Print.line(line) }
            }
            return succeeded
        case .dead(let error, let lost):
            throw Failure.jobEnded("job '\(id)' was given up after \(lost) lost workers: \(error)")
        case .cancelled(let reason):
            throw Failure.jobEnded("job '\(id)' was cancelled\(reason.map { ": \($0)" } ?? "")")
        case .failed(let error): throw Failure.jobEnded("job '\(id)' failed: \(error)")
        default: throw Failure.jobEnded("job '\(id)' ended in a way that this bertctl does not know")
        }
    }
}
