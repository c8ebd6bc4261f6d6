import Glibc

/// How alike two points are to a Gaussian process: the Matérn kernel with ν = 5/2 (Rasmussen and Williams 2006, eq. 4.17),
/// each axis with a length scale of its own.
///
/// Two numbers are as far apart as their places in the unit interval, two different categories one apart, which is what
/// one-hot places would give.
struct MaternKernel {
    /// The reciprocal square of each axis' length scale.
    var inverseSquares: [Double]
    /// The variance of the function.
    var scale: Double
    /// The variance of what is observed around it.
    var noise: Double

    /// The correlation at a squared distance in length scales, and its slope there.
    static func correlation(_ squaredDistance: Double) -> (value: Double, slope: Double) {
        let distance = (5 * squaredDistance).squareRoot()
        let decay = exp(-distance)
        return ((1 + distance + 5.0 / 3 * squaredDistance) * decay, -5.0 / 6 * (1 + distance) * decay)
    }

    /// The square of the distance in length scales.
    func squaredDistance(_ left: [Double], _ right: [Double], isCategory: [Bool]) -> Double {
        isCategory.indices.reduce(0) { sum, axis in
            sum + inverseSquares[axis]
                * Self.squaredDistance(left[axis], right[axis], isCategory: isCategory[axis])
        }
    }

    /// The square of the distance on one axis.
    static func squaredDistance(_ left: Double, _ right: Double, isCategory: Bool) -> Double {
        isCategory ? (left == right ? 0 : 1) : (left - right) * (left - right)
    }
}
