import Glibc

/// A distribution of numbers, seen from the unit interval, on which it is uniform.
///
/// With a step the values are its multiples within the bounds, as W&B's `q_` distributions round: each is drawn as often
/// as the distribution has mass nearest to it, and the bounds are widened by half a step so that the outermost get their
/// full share. Each such value owns a stretch of the unit interval, its cell; any other is a single place.
struct NumberDistribution: Sendable, Hashable {
    enum Shape: Sendable, Hashable {
        case uniform, logarithmic
        case normal(mean: Double, deviation: Double)
        case logNormal(mean: Double, deviation: Double)
        case beta(a: Double, b: Double)
    }

    let shape: Shape
    /// Of what is drawn; infinite where nothing is bounded.
    let bounds: ClosedRange<Double>
    let step: Double?
    /// Which multiples of the step are drawn; nil without a step, and where there is no end to them.
    let levels: ClosedRange<Int>?
    /// Where the shape has its mass.
    private let support: ClosedRange<Double>

    /// Digits that a person would still write, and that machines agree on whose logarithms differ in the last bit.
    private static let digits = 8
    /// What is cut off at the ends of a distribution without bounds.
    private static let tail = 1e-6

    /// - Parameter bounds: hold at least one multiple of the step, where there is one
    init(_ shape: Shape, in bounds: ClosedRange<Double>, step: Double? = nil) {
        self.shape = shape
        self.bounds = bounds
        self.step = step
        guard let step, let levels = Self.levels(of: shape, step: step, in: bounds) else {
            precondition(step == nil || bounds.upperBound == .infinity, "no multiple of \(step ?? 0) lies in \(bounds)")
            levels = nil
            support = bounds
            return
        }
        self.levels = levels
        switch shape {
        case .uniform, .logarithmic:
            support = (Double(levels.lowerBound) - 0.5) * step...(Double(levels.upperBound) + 0.5) * step
        case .normal, .logNormal, .beta: support = bounds
        }
    }

    /// Which multiples of the step lie within the bounds; nil where none does, and where there is no end to them.
    static func levels(of shape: Shape, step: Double, in bounds: ClosedRange<Double>) -> ClosedRange<Int>? {
        guard step > 0, bounds.lowerBound.isFinite, bounds.upperBound.isFinite else { return nil }
        // A bound such as 0.3 is the third multiple of 0.1, though division says 2.9999999999999996.
        let first = (bounds.lowerBound / step - 1e-9).rounded(.up)
        let last = (bounds.upperBound / step + 1e-9).rounded(.down)
        let least = shape == .logarithmic ? max(first, 1) : first
        return least <= last ? Int(clamping: least)...Int(clamping: last) : nil
    }

    /// Nil where there is no end to them.
    var levelCount: Int? {
        guard let levels else { return nil }
        let (distance, overflows) = levels.upperBound.subtractingReportingOverflow(levels.lowerBound)
        return overflows || distance == .max ? .max : distance + 1
    }

    /// The share below `x`.
    private func cumulative(_ x: Double) -> Double {
        guard x > support.lowerBound else { return 0 }
        guard x < support.upperBound else { return 1 }
        switch shape {
        case .uniform: return (x - support.lowerBound) / (support.upperBound - support.lowerBound)
        case .logarithmic: return log(x / support.lowerBound) / log(support.upperBound / support.lowerBound)
        case .normal(let mean, let deviation): return StandardNormal.cumulative((x - mean) / deviation)
        case .logNormal(let mean, let deviation): return StandardNormal.cumulative((log(x) - mean) / deviation)
        case .beta(let a, let b): return BetaFunction(a: a, b: b).cumulative(x)
        }
    }

    /// What a share of `u` lies below.
    private func quantile(_ u: Double) -> Double {
        let inner = min(max(u, Self.tail), 1 - Self.tail)
        switch shape {
        case .uniform: return support.lowerBound * (1 - u) + support.upperBound * u
        case .logarithmic: return exp(log(support.lowerBound) * (1 - u) + log(support.upperBound) * u)
        case .normal(let mean, let deviation): return mean + deviation * StandardNormal.quantile(inner)
        case .logNormal(let mean, let deviation): return exp(mean + deviation * StandardNormal.quantile(inner))
        case .beta(let a, let b): return BetaFunction(a: a, b: b).quantile(u)
        }
    }

    private func level(nearest x: Double) -> Int {
        let level = Int(clamping: (x / (step ?? 1)).rounded())
        guard let levels else { return level }
        return min(max(level, levels.lowerBound), levels.upperBound)
    }

    /// A multiple of a whole step is an integer, as W&B gives it.
    func value(level: Int) -> ParameterValue {
        guard let step else { preconditionFailure("level \(level) of a distribution without a step") }
        guard step != step.rounded() else { return .integer(Int(clamping: Double(level) * step)) }
        return .number((Double(level) * step).rounded(digits: 15))
    }

    /// The value whose place or cell holds `u`.
    func value(at u: Double) -> ParameterValue {
        let x = quantile(u)
        guard step == nil else { return value(level: level(nearest: x)) }
        return .number(min(max(x.rounded(digits: Self.digits), bounds.lowerBound), bounds.upperBound))
    }

    /// The stretch of the unit interval that gives the value nearest to `x`: of no width without a step.
    func cell(of x: Double) -> ClosedRange<Double> {
        guard let step else {
            let place = cumulative(x)
            return place...place
        }
        let level = level(nearest: x)
        let low = level == levels?.lowerBound ? 0 : cumulative((Double(level) - 0.5) * step)
        let high = level == levels?.upperBound ? 1 : cumulative((Double(level) + 0.5) * step)
        return low...max(low, high)
    }

    func cell(at u: Double) -> ClosedRange<Double> {
        guard let step else { return u...u }
        return cell(of: Double(level(nearest: quantile(u))) * step)
    }

    /// Cells of other values than that at `u`: all where there are few, and else those up to 64 steps off, the farther
    /// the sparser; none without a step.
    func neighbors(of u: Double) -> [ClosedRange<Double>] {
        guard let step else { return [] }
        let here = level(nearest: quantile(u))
        let steps = [1, 2, 4, 8, 16, 32, 64]
        var others = (steps.map { -$0 } + steps).map { here &+ $0 }
        if let levels {
            others = levelCount ?? 0 <= 16 ? levels.filter { $0 != here } : others.filter(levels.contains)
        }
        return others.map { cell(of: Double($0) * step) }
    }
}

extension Double {
    /// The nearest number of so many significant decimal digits.
    fileprivate func rounded(digits: Int) -> Double {
        guard self != 0, isFinite else { return self }
        let places = digits - 1 - Int(log10(magnitude).rounded(.down))
        let scale = pow(10, Double(min(abs(places), 300)))
        return places >= 0 ? (self * scale).rounded() / scale : (self / scale).rounded() * scale
    }
}

extension Int {
    /// The nearest integer that there is.
    fileprivate init(clamping x: Double) {
        self = Int(exactly: x) ?? (x < 0 ? .min : .max)
    }
}
