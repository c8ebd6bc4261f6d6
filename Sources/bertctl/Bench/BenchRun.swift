import Client
import Messages
import Terminal

/// Sends the load of a benchmark and times what comes back.
struct BenchRun {
    private let load: BenchLoad
    private var mix: TextMix
    private let client: Client
    private let submitter: Submitter
    private let started: ContinuousClock.Instant
    /// When the open jobs should have been sent, from the start.
    private var sent: [Identifier: Duration] = [:]
    private var count = 0
    private var measurement: Measurement

    init(_ client: Client, _ load: BenchLoad, _ mix: TextMix) throws {
        self.client = client
        self.load = load
        self.mix = mix
        measurement = Measurement(duration: load.duration)
        submitter = try Submitter(
            client, group: try Identifier("bench-" + String(UInt64.random(in: .min ... .max), radix: 16)))
        started = .now
    }

    mutating func run() throws -> Measurement {
        switch load.pace {
        case .open(let rate): try open(rate)
        case .closed(let concurrency): try closed(concurrency)
        }
        return measurement
    }

    private var end: Duration { load.warmup + load.duration }
    private var elapsed: Duration { ContinuousClock.now - started }

    private mutating func open(_ rate: Double) throws {
        var arrivals = Arrivals(jobsPerSecond: rate, seed: load.seed)
        var progress = ProgressLine(ProgressBar("measuring", unit: "jobs"))
        while arrivals.next < end || !sent.isEmpty {
            while arrivals.next < end, arrivals.next <= elapsed {
                try send(due: arrivals.next)
                arrivals.advance()
            }
            let wait = arrivals.next < end ? min(arrivals.next - elapsed, .milliseconds(100)) : .milliseconds(100)
            try receive(timeout: max(.zero, wait))
            progress.show(done: count - sent.count, fraction: min(1, elapsed / end))
        }
        progress.clear()
    }

    private mutating func closed(_ concurrency: Int) throws {
        var progress = ProgressLine(ProgressBar("measuring", unit: "jobs"))
        while elapsed < end || !sent.isEmpty {
            while elapsed < end, sent.count < concurrency { try send(due: elapsed) }
            try receive(timeout: .milliseconds(100))
            progress.show(done: count - sent.count, fraction: min(1, elapsed / end))
        }
        progress.clear()
    }

    private mutating func send(due: Duration) throws {
        let jobID = try Identifier("\(submitter.group)-\(count)")
        count += 1
        let texts = (0..<load.textsPerJob).map { _ in mix.text() }
        let address = JobAddress(clientID: client.clientID, group: submitter.group, jobID: jobID)
        let command = Command(
            address: address, priority: load.priority, body: .work(.embed(Embed(model: load.model, texts: texts))))
        sent[jobID] = due
        try submitter.submit(command, rows: texts.count)
    }

    private mutating func receive(timeout: Duration) throws {
        guard let ended = try submitter.next(timeout: timeout), let due = sent.removeValue(forKey: ended.jobID) else {
            return
        }
        let now = elapsed
        guard case .succeeded(let result, let end) = ended.outcome else {
            measurement.addFailure()
            return
        }
        if due >= load.warmup, due < self.end { measurement.add(latency: now - due) }
        if now >= load.warmup, now < self.end { measurement.add(texts: result.rowCount, tokens: end.usage.tokens) }
    }
}
