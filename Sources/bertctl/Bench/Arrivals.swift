import Glibc

/// The times at which jobs should be sent: a Poisson process, from the start of a run.
package struct Arrivals {
    private let rate: Double
    private var random: SplitMix
    package private(set) var next: Duration

    package init(jobsPerSecond rate: Double, seed: UInt64) {
        self.rate = rate
        random = SplitMix(seed: seed)
        next = .zero
        advance()
    }

    /// The gaps between arrivals are exponentially distributed.
    package mutating func advance() {
        next += .seconds(-log(1 - Double.random(in: 0..<1, using: &random)) / rate)
    }
}
