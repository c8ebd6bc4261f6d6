import Glibc

/// One axis of a Parzen estimator: a density for each observation, and last the prior's, that of the space itself.
///
/// A number's is a normal distribution cut off at the ends of the unit interval, as wide as the gap to the farther of its
/// two neighbours, but no narrower than a hundredth, or with few observations one of their number (Bergstra et al. 2011;
/// the bounds are Optuna's). A category's gives the observed one more than the others, the more the more observations.
enum ParzenKernels {
    case fixed
    case choice(Categories)
    case number(Normals)

    struct Categories {
        /// What every kernel gives each value.
        let shares: [Double]
        /// What a kernel gives its own value on top of that.
        let own: Double
        let observed: [Int]
        let prior: [Double]
    }

    struct Normals {
        let distribution: NumberDistribution
        var centers: [Double]
        var deviations: [Double]
        /// Logarithms of the mass inside the unit interval, and of what the density is divided by.
        var logMasses: [Double]
        var logScales: [Double]
    }

    /// - Parameter coordinates: of each observation
    init(_ axis: Axis, _ coordinates: [ClosedRange<Double>]) {
        switch axis {
        case .fixed: self = .fixed
        case .choice(_, let probabilities):
            let added = Double(probabilities.count) / Double(coordinates.count + 1)
            self = .choice(
                Categories(
                    shares: probabilities.map { added * $0 / (1 + added) }, own: 1 / (1 + added),
                    observed: coordinates.map { Int($0.lowerBound) }, prior: probabilities))
        case .number(let distribution):
            let centers = coordinates.map(Axis.middle)
            self = .number(
                Normals(distribution, centers: centers + [0.5], deviations: Self.deviations(of: centers) + [1]))
        }
    }

    /// How wide the kernels at `centers` are.
    private static func deviations(of centers: [Double]) -> [Double] {
        let count = centers.count
        let order = centers.indices.sorted { (centers[$0], $0) < (centers[$1], $1) }
        let least = 1 / min(100, Double(count + 2))
        var deviations = [Double](repeating: 1, count: count)
        for (place, index) in order.enumerated() {
            // The outermost look inward alone, where there is another.
            let below = place > 0 ? centers[index] - centers[order[place - 1]] : count > 1 ? 0 : centers[index]
            let above =
                place + 1 < count ? centers[order[place + 1]] - centers[index] : count > 1 ? 0 : 1 - centers[index]
            deviations[index] = min(max(below, above, least), 1)
        }
        return deviations
    }

    /// The logarithm of a kernel's density; of its mass, where values have a cell.
    func logDensity(_ kernel: Int, at place: ClosedRange<Double>) -> Double {
        switch self {
        case .fixed: 0
        case .choice(let categories):
            log(max(categories.share(kernel, of: Int(place.lowerBound)), .leastNormalMagnitude))
        case .number(let normals): normals.logDensity(kernel, at: place)
        }
    }

    func draw(_ kernel: Int, _ draws: inout Draws) -> ClosedRange<Double> {
        switch self {
        case .fixed: return 0...0
        case .choice(let categories):
            let weights = categories.prior.indices.map { categories.share(kernel, of: $0) }
            let index = Double(draws.index(weights: weights))
            return index...index
        case .number(let normals): return normals.draw(kernel, &draws)
        }
    }
}

extension ParzenKernels.Categories {
    func share(_ kernel: Int, of value: Int) -> Double {
        kernel < observed.count ? shares[value] + (observed[kernel] == value ? own : 0) : prior[value]
    }
}

extension ParzenKernels.Normals {
    init(_ distribution: NumberDistribution, centers: [Double], deviations: [Double]) {
        self.distribution = distribution
        self.centers = centers
        self.deviations = deviations
        logMasses = zip(centers, deviations).map { center, deviation in
            log(StandardNormal.mass(from: -center / deviation, to: (1 - center) / deviation))
        }
        logScales = zip(logMasses, deviations).map { $0 + log($1 * (2 * Double.pi).squareRoot()) }
    }

    func logDensity(_ kernel: Int, at place: ClosedRange<Double>) -> Double {
        let (center, deviation) = (centers[kernel], deviations[kernel])
        let low = (place.lowerBound - center) / deviation
        guard distribution.step != nil else { return -0.5 * low * low - logScales[kernel] }
        let mass = StandardNormal.mass(from: low, to: (place.upperBound - center) / deviation)
        return log(max(mass, .leastNormalMagnitude)) - logMasses[kernel]
    }

    func draw(_ kernel: Int, _ draws: inout Draws) -> ClosedRange<Double> {
        let (center, deviation) = (centers[kernel], deviations[kernel])
        let low = StandardNormal.cumulative(-center / deviation)
        let high = StandardNormal.cumulative((1 - center) / deviation)
        let x = center + deviation * StandardNormal.quantile(low + draws.unit() * (high - low))
        return distribution.cell(at: min(max(x, 0), 1))
    }
}
