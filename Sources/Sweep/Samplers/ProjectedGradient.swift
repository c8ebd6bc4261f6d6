/// Looks for the least value of a smooth function in a box: spectral projected gradients (Birgin, Martínez and Raydan
/// 2000), whose step length comes from the last change of the gradient and whose value need not fall in every step.
struct ProjectedGradient {
    let lower: [Double]
    let upper: [Double]
    /// How often the function may be asked.
    let evaluations: Int
    /// Ends where a whole step along the gradient would move no coordinate by more.
    let tolerance: Double

    /// So many of the last values may be exceeded by none of the next.
    private static let memory = 8

    /// - Parameter function: its value and gradient; an infinite value where it has none
    func minimize(
        from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
    ) -> (point: [Double], value: Double) {
        var (point, left) = (projected(start), evaluations - 1)
        var (value, gradient) = function(point)
        var best = (point: point, value: value)
        var recent = [value]
        var length = 1 / max(change(point, gradient, length: 1).reduce(0) { max($0, abs($1)) }, 1e-12)
        while left > 0, value.isFinite {
            guard change(point, gradient, length: 1).contains(where: { abs($0) > tolerance }) else { break }
            let direction = change(point, gradient, length: length)
            let slope = zip(gradient, direction).reduce(0) { $0 + $1.0 * $1.1 }
            let limit = recent.reduce(-.infinity, max)
            var share = 1.0
            var next = (point: point, value: Double.infinity, gradient: gradient)
            while left > 0 {
                let trial = zip(point, direction).map { $0 + share * $1 }
                let answer = function(trial)
                left -= 1
                next = (trial, answer.value, answer.gradient)
                guard !(next.value <= limit + 1e-4 * share * slope) else { break }
                share *= shrinking(share, slope: slope, from: value, to: next.value)
            }
            guard next.value.isFinite else { break }
            length = spectralLength(from: (point, gradient), to: (next.point, next.gradient))
            (point, value, gradient) = next
            recent = recent.suffix(Self.memory - 1) + [value]
            if value < best.value { best = (point, value) }
        }
        return best
    }

    private func projected(_ point: [Double]) -> [Double] {
        point.indices.map { min(max(point[$0], lower[$0]), upper[$0]) }
    }

    /// The way from `point` to where a step along the gradient ends in the box.
    private func change(_ point: [Double], _ gradient: [Double], length: Double) -> [Double] {
        let end = projected(zip(point, gradient).map { $0 - length * $1 })
        return zip(end, point).map { $0 - $1 }
    }

    /// By how much a step that went too far is cut: to the least of a parabola, within bounds.
    private func shrinking(_ share: Double, slope: Double, from value: Double, to next: Double) -> Double {
        guard next.isFinite else { return 0.2 }
        let least = -0.5 * share * slope / (next - value - share * slope)
        return least > 0.1 && least < 0.9 ? least : 0.5
    }

    /// The reciprocal of the function's curvature along the last step.
    private func spectralLength(
        from old: (point: [Double], gradient: [Double]), to new: (point: [Double], gradient: [Double])
    ) -> Double {
        var (square, curvature) = (0.0, 0.0)
        for index in old.point.indices {
            let step = new.point[index] - old.point[index]
            square += step * step
            curvature += step * (new.gradient[index] - old.gradient[index])
        }
        return curvature > 0 ? min(max(square / curvature, 1e-8), 1e8) : 1e8
    }
}
