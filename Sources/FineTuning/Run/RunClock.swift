import Foundation

/// The times that a run needs: one that only goes forward, to pace itself, and the date, to write down.
package struct RunClock: Sendable {
    package let elapsed: @Sendable () -> Duration
    /// Seconds since 1970.
    package let date: @Sendable () -> Double

    package init(elapsed: @escaping @Sendable () -> Duration, date: @escaping @Sendable () -> Double) {
        self.elapsed = elapsed
        self.date = date
    }

    package static let system: RunClock = {
        let start = ContinuousClock.now
        return RunClock(elapsed: { start.duration(to: .now) }, date: { Date().timeIntervalSince1970 })
    }()
}

extension Duration {
    var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
