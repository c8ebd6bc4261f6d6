/// A parameter as the samplers see it.
enum Axis: Sendable, Hashable {
    /// One value, which nothing is learned from.
    case fixed(ParameterValue)
    /// - probabilities: one for each value, their sum is one
    case choice([ParameterValue], probabilities: [Double])
    case number(NumberDistribution)

    init(_ distribution: Distribution) {
        switch distribution {
        case .constant(let value): self = .fixed(value)
        case .categorical(let values, let probabilities): self = Self.among(values, weights: probabilities)
        case .integerUniform(let range):
            let bounds = Double(range.lowerBound)...Double(range.upperBound)
            self = Self.along(NumberDistribution(.uniform, in: bounds, step: 1))
        case .uniform(let range, let step): self = Self.along(NumberDistribution(.uniform, in: range, step: step))
        case .logUniform(let range, let step):
            self = Self.along(NumberDistribution(.logarithmic, in: range, step: step))
        // The logarithm of a reciprocal is uniform where that of the number is.
        case .inverseLogUniform(let range): self = Self.along(NumberDistribution(.logarithmic, in: range))
        case .normal(let mean, let deviation, let step):
            let shape = NumberDistribution.Shape.normal(mean: mean, deviation: deviation)
            self = .number(NumberDistribution(shape, in: -.infinity...(.infinity), step: step))
        case .logNormal(let mean, let deviation, let step):
            let shape = NumberDistribution.Shape.logNormal(mean: mean, deviation: deviation)
            self = .number(NumberDistribution(shape, in: 0...(.infinity), step: step))
        case .beta(let a, let b, let step):
            self = Self.along(NumberDistribution(.beta(a: a, b: b), in: 0...1, step: step))
        }
    }

    private static func among(_ values: [ParameterValue], weights: [Double]?) -> Self {
        precondition(!values.isEmpty, "a categorical parameter has no values")
        let weights = weights ?? values.map { _ in 1 }
        precondition(weights.count == values.count, "\(weights.count) probabilities for \(values.count) values")
        let sum = weights.reduce(0, +)
        precondition(sum > 0 && weights.allSatisfy { $0 >= 0 }, "probabilities \(weights)")
        return values.count == 1 ? .fixed(values[0]) : .choice(values, probabilities: weights.map { $0 / sum })
    }

    /// Where only one number can be drawn, it is fixed.
    private static func along(_ distribution: NumberDistribution) -> Self {
        if let levels = distribution.levels {
            guard levels.lowerBound == levels.upperBound else { return .number(distribution) }
            return .fixed(distribution.value(level: levels.lowerBound))
        }
        guard distribution.bounds.lowerBound == distribution.bounds.upperBound else { return .number(distribution) }
        return .fixed(.number(distribution.bounds.lowerBound))
    }

    /// Whether `step` has a multiple that can be drawn, which `init` takes for granted.
    static func holds(_ distribution: Distribution) -> Bool {
        switch distribution {
        case .uniform(let range, let step?): NumberDistribution.levels(of: .uniform, step: step, in: range) != nil
        case .logUniform(let range, let step?):
            NumberDistribution.levels(of: .logarithmic, step: step, in: range) != nil
        default: true
        }
    }

    /// The value that the place `u` of the unit interval stands for; values take room by their probability.
    func value(at u: Double) -> ParameterValue {
        switch self {
        case .fixed(let value): return value
        case .choice(let values, let probabilities):
            var end = 0.0
            let index = probabilities.firstIndex { probability in
                end += probability
                return u < end
            }
            return values[index ?? probabilities.lastIndex { $0 > 0 } ?? 0]
        case .number(let distribution): return distribution.value(at: u)
        }
    }

    /// The stretch of the unit interval that gives `value`; nil for a value that the axis does not have.
    func cell(of value: ParameterValue) -> ClosedRange<Double>? {
        switch self {
        case .fixed(let only): return value == only ? 0...1 : nil
        case .choice(let values, let probabilities):
            guard let index = values.firstIndex(of: value) else { return nil }
            let low = probabilities[..<index].reduce(0, +)
            return low...low + probabilities[index]
        case .number(let distribution): return value.number.map { distribution.cell(of: $0) }
        }
    }

    var isFixed: Bool {
        if case .fixed = self { true } else { false }
    }

    var isCategory: Bool {
        if case .choice = self { true } else { false }
    }

    /// Whether every coordinate is a value of its own.
    var isContinuous: Bool {
        if case .number(let distribution) = self { distribution.step == nil } else { false }
    }

    /// The coordinate of `value`: of a number the middle of its cell.
    func coordinate(of value: ParameterValue) -> Double {
        Self.middle(coordinates(of: value))
    }

    /// The coordinate of the value that the place `u` of the unit interval stands for.
    func coordinate(at u: Double) -> Double {
        switch self {
        case .fixed: 0
        case .choice: coordinate(of: value(at: u))
        case .number(let distribution): Self.middle(distribution.cell(at: u))
        }
    }

    static func middle(_ cell: ClosedRange<Double>) -> Double {
        0.5 * (cell.lowerBound + cell.upperBound)
    }

    /// Coordinates of other values: all where they are few, and else some at every distance; none on a continuous axis.
    func neighbors(of coordinate: Double) -> [Double] {
        switch self {
        case .fixed: []
        case .choice(let values, let probabilities):
            values.indices.filter { probabilities[$0] > 0 && Double($0) != coordinate }.map(Double.init)
        case .number(let distribution): distribution.neighbors(of: coordinate).map(Self.middle)
        }
    }

    /// Where a model puts `value`: the index of a category, the cell of a number.
    func coordinates(of value: ParameterValue) -> ClosedRange<Double> {
        switch self {
        case .fixed: return 0...0
        case .choice(let values, _):
            guard let index = values.firstIndex(of: value) else {
                preconditionFailure("value \(value), expected one of \(values)")
            }
            return Double(index)...Double(index)
        case .number(let distribution):
            guard let number = value.number else { preconditionFailure("value \(value), expected a number") }
            return distribution.cell(of: number)
        }
    }

    /// The value that a model means by a coordinate.
    func value(coordinate: Double) -> ParameterValue {
        switch self {
        case .fixed(let value): value
        case .choice(let values, _): values[Int(coordinate)]
        case .number(let distribution): distribution.value(at: coordinate)
        }
    }

    /// How many values there are; nil where there is no end to them.
    var count: Int? {
        switch self {
        case .fixed: return 1
        case .choice(let values, _): return values.count
        case .number(let distribution): return distribution.levelCount
        }
    }

    /// One of those that are counted, in ascending order or in the order of the file.
    func value(_ index: Int) -> ParameterValue {
        switch self {
        case .fixed(let value): return value
        case .choice(let values, _): return values[index]
        case .number(let distribution): return distribution.value(level: (distribution.levels?.lowerBound ?? 0) + index)
        }
    }
}
