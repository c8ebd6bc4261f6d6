extension SearchSpace {
    /// A point drawn from the distributions; depends on the seed and the index alone.
    package func draw(_ index: Int, seed: UInt64) -> Point {
        Self.draw(index, seed: seed, axes: axes)
    }

    /// How many combinations of values a grid has; nil where a parameter has no end of them.
    package var gridCount: Int? {
        Self.gridCount(axes)
    }

    /// A combination of values, the last parameter's changing fastest.
    package func gridPoint(_ index: Int) -> Point {
        Self.gridPoint(index, axes: axes)
    }

    /// As the samplers see the parameters.
    var axes: [Axis] { parameters.map { Axis($0.distribution) } }

    static func draw(_ index: Int, seed: UInt64, axes: [Axis]) -> Point {
        var draws = Draws(seed: seed, index: index)
        return Point(axes.map { $0.value(at: draws.unit()) })
    }

    static func gridCount(_ axes: [Axis]) -> Int? {
        var product = 1
        for axis in axes {
            guard let count = axis.count else { return nil }
            let (next, overflows) = product.multipliedReportingOverflow(by: count)
            product = overflows ? .max : next
        }
        return product
    }

    static func gridPoint(_ index: Int, axes: [Axis]) -> Point {
        let count = gridCount(axes) ?? 0
        precondition(index >= 0 && index < count, "point \(index) of a grid with \(count)")
        var rest = index
        var values: [ParameterValue] = []
        for axis in axes.reversed() {
            let count = axis.count ?? 1
            values.append(axis.value(rest % count))
            rest /= count
        }
        return Point(values.reversed())
    }
}
