import Glibc
import Sweep

/// A parameter as a line: where on it a value lies, 0 to 1, and which places are labelled.
///
/// Logarithmic where the distribution is, so that equal lengths are equally likely; categories are evenly spaced in the
/// order in which they are listed.
struct Axis {
    private enum Shape {
        case levels([ParameterValue])
        case linear(ClosedRange<Double>, isWhole: Bool)
        case logarithmic(ClosedRange<Double>)
    }

    let name: String
    /// Finer ones cost time and tell nothing.
    private static let mostCells = 64
    private let distribution: Distribution
    private let shape: Shape

    /// Nil for a parameter that has only one value.
    ///
    /// - Parameter values: those that trials had, which the axis holds even if they lie outside the distribution
    init?(_ parameter: Parameter, values: [ParameterValue]) {
        name = parameter.name
        distribution = parameter.distribution
        let numbers = values.compactMap(\.number)
        switch parameter.distribution {
        case .constant(let value):
            guard let levels = Self.levels([value], values) else { return nil }
            shape = levels
        case .categorical(let listed, _):
            guard let levels = Self.levels(listed, values) else { return nil }
            shape = levels
        case .integerUniform(let range):
            let bounds = [Double(range.lowerBound), Double(range.upperBound)]
            guard let span = Self.span(bounds + numbers) else { return nil }
            shape = .linear(span, isWhole: numbers.allSatisfy { $0 == $0.rounded() })
        case .uniform(let range, _):
            guard let span = Self.span([range.lowerBound, range.upperBound] + numbers) else { return nil }
            shape = .linear(span, isWhole: false)
        case .logUniform(let range, _), .inverseLogUniform(let range):
            guard let span = Self.span([range.lowerBound, range.upperBound] + numbers) else { return nil }
            shape = Self.logarithmic(span)
        case .normal, .beta:
            guard let span = Self.span(numbers) else { return nil }
            shape = .linear(span, isWhole: false)
        case .logNormal:
            guard let span = Self.span(numbers) else { return nil }
            shape = Self.logarithmic(span)
        }
    }

    var isLogarithmic: Bool {
        if case .logarithmic = shape { true } else { false }
    }

    /// Nil for a value that the axis has not.
    func place(_ value: ParameterValue) -> Double? {
        switch shape {
        case .levels(let levels):
            guard let index = levels.firstIndex(where: value.isSame(as:)) else { return nil }
            return Double(index) / Double(levels.count - 1)
        case .linear(let span, _): return value.number.map { Self.share($0, span) }
        case .logarithmic(let span):
            return value.number.map { Self.share(log($0), log(span.lowerBound)...log(span.upperBound)) }
        }
    }

    /// Places with their labels, ascending.
    ///
    /// - Parameter count: how many numbers at most; categories are all there, and the chart leaves out what has no room
    func ticks(atMost count: Int) -> [(place: Double, label: String)] {
        switch shape {
        case .levels(let levels):
            return levels.compactMap { level in place(level).map { ($0, level.brief) } }
        case .linear(let span, let isWhole):
            let ticks = Ticks.linear(in: span, atMost: count, leastStep: isWhole ? 1 : 0)
            return zip(ticks, Numeral.even(ticks)).map { (Self.share($0, span), $1) }
        case .logarithmic(let span):
            let logarithms = log(span.lowerBound)...log(span.upperBound)
            return Ticks.logarithmic(in: span, atMost: count)
                .map { (Self.share(log($0), logarithms), Numeral.short($0)) }
        }
    }

    /// Cells for a model of the scores with the share of the search space that each has: the categories, or a stretch
    /// around each value.
    func cells(_ values: [ParameterValue]) -> (weights: [Double], isOrdered: Bool, cell: (ParameterValue) -> Int?) {
        if case .levels(let levels) = shape {
            return (Self.shares(of: levels, in: distribution), false, { levels.firstIndex(where: $0.isSame(as:)) })
        }
        let share: (ParameterValue) -> Double? = { distribution.quantile(of: $0) ?? place($0) }
        let places = Set(values.compactMap(share)).sorted()
        let between = zip(places, places.dropFirst()).map { ($0 + $1) / 2 }
        let edges = Ticks.every(between, atMost: Self.mostCells - 1)
        let weights = zip([0] + edges, edges + [1]).map { max(0, $1 - $0) }
        return (weights, true, { value in share(value).map { place in edges.count { $0 < place } } })
    }

    /// Categories that the distribution does not have are of no weight in its space.
    private static func shares(of levels: [ParameterValue], in distribution: Distribution) -> [Double] {
        guard case .categorical(let listed, let probabilities?) = distribution else {
            return levels.map { _ in 1 / Double(levels.count) }
        }
        let sum = probabilities.reduce(0, +)
        return levels.map { level in zip(listed, probabilities).reduce(0) { $0 + ($1.0 == level ? $1.1 / sum : 0) } }
    }

    private static func share(_ value: Double, _ span: ClosedRange<Double>) -> Double {
        min(1, max(0, (value - span.lowerBound) / (span.upperBound - span.lowerBound)))
    }

    /// Nil where there are not two different numbers.
    private static func span(_ numbers: [Double]) -> ClosedRange<Double>? {
        let numbers = numbers.filter(ReportTrial.isDrawable)
        guard let low = numbers.min(), let high = numbers.max(), low < high else { return nil }
        return low...high
    }

    private static func logarithmic(_ span: ClosedRange<Double>) -> Shape {
        span.lowerBound > 0 ? .logarithmic(span) : .linear(span, isWhole: false)
    }

    /// What is listed and what else occurred; nil where that is one value.
    private static func levels(_ listed: [ParameterValue], _ values: [ParameterValue]) -> Shape? {
        var levels: [ParameterValue] = []
        for value in listed + Set(values).sorted(by: { $0.description < $1.description })
        where !levels.contains(where: value.isSame(as:)) {
            levels.append(value)
        }
        return levels.count > 1 ? .levels(levels) : nil
    }
}

extension ParameterValue {
    /// Nil for what is no number.
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value.isFinite ? value : nil
        case .text, .flag: nil
        }
    }

    /// Whether both are set alike: 8 and 8.0 are.
    func isSame(as other: ParameterValue) -> Bool {
        self == other || number != nil && number == other.number
    }

    /// As a person reads it, numbers with four digits that count.
    var brief: String {
        if case .number(let value) = self { Numeral.short(value) } else { description }
    }
}
