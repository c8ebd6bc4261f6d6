import Foundation

/// An instant of the wall clock.
public struct UnixTime: Hashable, Comparable, Sendable {
    /// Since 1970-01-01 00:00:00 UTC.
    public let microseconds: Int64

    public init(microseconds: Int64) { self.microseconds = microseconds }

    public static var now: UnixTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UnixTime(microseconds: Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)
    }

    public static func < (earlier: UnixTime, later: UnixTime) -> Bool { earlier.microseconds < later.microseconds }

    /// The time from `earlier` to this, negative where it is later; the clock may have been set in between.
    public func duration(since earlier: UnixTime) -> Duration {
        .microseconds(microseconds) - .microseconds(earlier.microseconds)
    }

    /// The instant `duration` later, or the last one that can be told.
    public func advanced(by duration: Duration) -> UnixTime {
        let (sum, overflow) = microseconds.addingReportingOverflow(Int64(duration.wholeMicroseconds))
        return UnixTime(microseconds: overflow ? (duration < .zero ? .min : .max) : sum)
    }
}

extension Duration {
    /// Rounded towards zero, and towards what an `Int` can hold.
    var wholeMicroseconds: Int {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        let (sum, overflowToo) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000_000)
        return overflow || overflowToo ? (seconds < 0 ? .min : .max) : Int(sum)
    }
}
