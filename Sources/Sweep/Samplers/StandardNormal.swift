import Glibc

/// The standard normal distribution.
enum StandardNormal {
    private static let rootOfTwoPi = (2 * Double.pi).squareRoot()

    static func density(_ x: Double) -> Double {
        exp(-0.5 * x * x) / rootOfTwoPi
    }

    /// The share below `x`; exact to the last digits in both tails.
    static func cumulative(_ x: Double) -> Double {
        0.5 * erfc(-x * 0.5.squareRoot())
    }

    /// The share between `low` and `high`, which loses no digits in the upper tail.
    static func mass(from low: Double, to high: Double) -> Double {
        low > 0 ? cumulative(-low) - cumulative(-high) : cumulative(high) - cumulative(low)
    }

    /// What a share of `p` lies below: a rational guess (Abramowitz and Stegun 1964, 26.2.23), made exact by Newton's
    /// steps with Halley's correction.
    static func quantile(_ p: Double) -> Double {
        guard p > 0 else { return -.infinity }
        guard p < 1 else { return .infinity }
        guard p <= 0.5 else { return -quantile(1 - p) }
        let t = (-2 * log(p)).squareRoot()
        var x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t
        for _ in 0..<2 {
            let step = (cumulative(x) - p) / density(x)
            x -= step / (1 + 0.5 * x * step)
        }
        return x
    }
}
