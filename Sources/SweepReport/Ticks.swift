import Glibc

/// Round numbers within a span, ascending, for the labels of an axis.
enum Ticks {
    /// Multiples of 1, 2 or 5 times a power of ten; at most `count`, the least of all where the span is a point.
    static func linear(in span: ClosedRange<Double>, atMost count: Int, leastStep: Double = 0) -> [Double] {
        let width = span.upperBound - span.lowerBound
        guard width > 0, width.isFinite, count > 0 else { return [span.lowerBound] }
        var step = max(leastStep, pow(10, (log10(width / Double(count))).rounded(.down)))
        // Each turn makes it larger: 1, 2, 5, 10.
        for factor in [2, 2.5, 2, 2, 2.5, 2] where multiples(of: step, in: span).count > count { step *= factor }
        return multiples(of: step, in: span).map { Double($0) * step }
    }

    /// Powers of ten, or where there are too few of them their 2- and 5-fold as well.
    static func logarithmic(in span: ClosedRange<Double>, atMost count: Int) -> [Double] {
        precondition(span.lowerBound > 0, "the logarithm of \(span.lowerBound)")
        let exponents = Int(log10(span.lowerBound).rounded(.down))...Int(log10(span.upperBound).rounded(.up))
        let powers = exponents.map { pow(10, Double($0)) }
        let widened = span.lowerBound * (1 - 1e-9)...span.upperBound * (1 + 1e-9)
        let between = powers.flatMap { power in [1, 2, 5].map { power * $0 } }.filter(widened.contains)
        let whole = powers.filter(widened.contains)
        if whole.count > count { return every(whole, atMost: count) }
        if between.count <= count && between.count > 1 { return between }
        return whole.count > 1 ? whole : linear(in: span, atMost: count)
    }

    /// Times of a clock: 1, 2, 5, 10, 15 or 30 seconds or minutes, 1, 2, 3, 6 or 12 hours, or days.
    static func times(until end: Duration, atMost count: Int) -> [Duration] {
        let steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]
        let seconds = end.seconds
        var step = Double(steps.first { seconds / Double($0) < Double(count) } ?? 86_400)
        while seconds / step >= Double(count) { step *= 2 }
        return (0...Int(seconds / step)).map { .seconds(Double($0) * step) }
    }

    /// Every n-th, from the first on.
    static func every<Element>(_ elements: [Element], atMost count: Int) -> [Element] {
        let stride = (elements.count + count - 1) / max(1, count)
        return elements.enumerated().filter { $0.offset.isMultiple(of: max(1, stride)) }.map(\.element)
    }

    private static func multiples(of step: Double, in span: ClosedRange<Double>) -> Range<Int> {
        let (first, last) = (span.lowerBound / step - 1e-9, span.upperBound / step + 1e-9)
        guard first.magnitude < 1e15, last.magnitude < 1e15 else { return 0..<0 }
        let low = Int(first.rounded(.up))
        return low..<max(low, Int(last.rounded(.down)) + 1)
    }
}
