import Glibc

/// The beta distribution with the exponents `a` and `b`.
struct BetaFunction {
    let a: Double
    let b: Double

    /// The share below `x`: the regularized incomplete beta function as a continued fraction (Abramowitz and Stegun
    /// 1964, 26.5.8), on the side of the mean where it converges fast.
    func cumulative(_ x: Double) -> Double {
        guard x > 0 else { return 0 }
        guard x < 1 else { return 1 }
        guard x <= (a + 1) / (a + b + 2) else { return 1 - BetaFunction(a: b, b: a).cumulative(1 - x) }
        let scale = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
        return min(scale / a / fraction(x), 1)
    }

    /// 1 + d₁x / (1 + d₂x / (1 + …)), from its inner end: 200 terms are enough for exponents up to some thousands.
    private func fraction(_ x: Double) -> Double {
        var value = 1.0
        for m in stride(from: 100.0, through: 1, by: -1) {
            let even = m * (b - m) / ((a + 2 * m - 1) * (a + 2 * m))
            value = 1 + even * x / value
            let odd = -(a + m - 1) * (a + b + m - 1) / ((a + 2 * m - 2) * (a + 2 * m - 1))
            value = 1 + odd * x / value
        }
        return value
    }

    /// What a share of `p` lies below, by halving the interval.
    func quantile(_ p: Double) -> Double {
        var (low, high) = (0.0, 1.0)
        for _ in 0..<60 {
            let middle = 0.5 * (low + high)
            if cumulative(middle) < p { low = middle } else { high = middle }
        }
        return 0.5 * (low + high)
    }
}
