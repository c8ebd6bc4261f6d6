import Messages
import Terminal

/// What a benchmark found.
package struct Measurement {
    package let duration: Duration
    package private(set) var latencies: [Duration] = []
    /// Of jobs that ended within the measured time, whenever they were sent.
    package private(set) var texts = 0
    package private(set) var tokens = 0
    package private(set) var failedJobs = 0

    package init(duration: Duration) {
        self.duration = duration
    }

    /// A job that should have been sent within the measured time has ended.
    package mutating func add(latency: Duration) { latencies.append(latency) }
    package mutating func add(texts: Int, tokens: Int) {
        self.texts += texts
        self.tokens += tokens
    }
    package mutating func addFailure() { failedJobs += 1 }

    /// The smallest latency that a share of `percent` of the jobs did not exceed (nearest rank); `nil` without jobs.
    package func percentile(_ percent: Double) -> Duration? {
        let sorted = latencies.sorted()
        guard !sorted.isEmpty else { return nil }
        let rank = (percent / 100 * Double(sorted.count)).rounded(.up).whole
        return sorted[min(max(rank, 1), sorted.count) - 1]
    }

    package var textsPerSecond: Double { Double(texts) / duration.seconds }
    package var tokensPerSecond: Double { Double(tokens) / duration.seconds }

    func fields(_ load: BenchLoad) -> [(String, String)] {
        let show: (Double) -> String = { self.percentile($0).map { Quantity.duration($0) } ?? "-" }
        return [
            ("load", "\(load.words), \(load.textsPerJob) texts a job, \(load.priority.rawValue), \(load.model)"),
            ("measured", "\(Quantity.count(latencies.count)) jobs in \(Quantity.duration(duration))"),
            ("latency", "p50 \(show(50)), p95 \(show(95)), p99 \(show(99)), max \(show(100))"),
            ("texts", "\(Quantity.decimal(textsPerSecond, places: 1))/s"),
            ("tokens", "\(Quantity.decimal(tokensPerSecond, places: 1))/s"), ("failed", "\(failedJobs)"),
        ]
    }

    func json(_ load: BenchLoad) -> JSON {
        let milliseconds: (Double) -> JSON = { .optional(self.percentile($0)) { .double($0.seconds * 1e3) } }
        return .object([
            ("load", .string(load.words)), ("texts_per_job", .int(load.textsPerJob)),
            ("priority", .string(load.priority.rawValue)), ("model", .string(load.model.description)),
            ("seconds", .double(duration.seconds)), ("jobs", .int(latencies.count)), ("p50_ms", milliseconds(50)),
            ("p95_ms", milliseconds(95)), ("p99_ms", milliseconds(99)), ("max_ms", milliseconds(100)),
            ("texts_per_second", .double(textsPerSecond)), ("tokens_per_second", .double(tokensPerSecond)),
            ("failed_jobs", .int(failedJobs)),
        ])
    }
}
