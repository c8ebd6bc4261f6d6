import Sweep

/// Where a score lies between the ends of an axis, 0 to 1.
///
/// One trial that diverged would press all others into a line. Scores that are far out on the worse side, past Tukey's
/// outer fence (three times the spread of the middle half), are therefore drawn at the edge, and the chart says how
/// many.
struct ScoreScale {
    let span: ClosedRange<Double>
    /// Scores past the worse edge.
    let outside: Int
    private let isRising: Bool

    /// Nil for no scores.
    init?(_ scores: [Double], direction: Direction) {
        let sorted = scores.sorted()
        guard var low = sorted.first, var high = sorted.last else { return nil }
        isRising = direction == .maximize
        let (lower, upper) = (Self.quantile(sorted, 0.25), Self.quantile(sorted, 0.75))
        let fence = 3 * (upper - lower)
        if fence > 0, isRising { low = sorted.first { $0 >= lower - fence } ?? low }
        if fence > 0, !isRising { high = sorted.last { $0 <= upper + fence } ?? high }
        let rim = high > low ? 0.04 * (high - low) : max(0.04 * high.magnitude, 1e-6)
        span = low - rim...high + rim
        outside = scores.count { $0 < low || $0 > high }
    }

    /// Round scores with their labels.
    func ticks(atMost count: Int) -> [(score: Double, label: String)] {
        let scores = Ticks.linear(in: span, atMost: count)
        return Array(zip(scores, Numeral.even(scores)))
    }

    /// 0 at the lowest value that is drawn, 1 at the highest.
    func place(_ score: Double) -> Double {
        let share = (score - span.lowerBound) / (span.upperBound - span.lowerBound)
        return min(1, max(0, share))
    }

    /// The score, held within what is drawn.
    func held(_ score: Double) -> Double { min(span.upperBound, max(span.lowerBound, score)) }

    /// A sentence for the chart's caption; nothing where all are inside.
    var remark: String {
        guard outside > 0 else { return "" }
        let bound = Numeral.score(isRising ? span.lowerBound : span.upperBound)
        let subject = outside == 1 ? "One value" : "\(outside) values"
        return " \(subject) \(isRising ? "below" : "above") \(bound) drawn at the edge."
    }

    /// Between the two nearest of sorted values.
    static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let low = Int(place)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (sorted[high] - sorted[low]) * (place - Double(low))
    }
}
