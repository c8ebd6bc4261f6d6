import Messages

/// What a benchmark sends, and when.
struct BenchLoad {
    enum Pace {
        /// Jobs go out at random times of this rate, whatever comes back.
        case open(jobsPerSecond: Double)
        /// A job goes out when one has come back.
        case closed(concurrency: Int)
    }

    let model: ModelReference
    let priority: Priority
    let textsPerJob: Int
    let pace: Pace
    let warmup: Duration
    let duration: Duration
    let seed: UInt64

    var words: String {
        switch pace {
        case .open(let rate): "open loop, \(rate) jobs/s"
        case .closed(let concurrency): "closed loop, \(concurrency) jobs at once"
        }
    }
}
