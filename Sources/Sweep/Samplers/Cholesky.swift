/// A symmetric positive definite matrix taken apart into a lower triangle times its transpose.
struct Cholesky {
    let count: Int
    /// `[count, count]`: the triangle row by row.
    private let lower: [Double]
    /// `[count, count]`: the triangle's inverse column by column, so that row j holds its column j, from place j on.
    let inverse: [Double]

    /// Nil for a matrix that is not positive definite. Costs count³ / 3 multiplications.
    ///
    /// - Parameter matrix: `[count, count]`, of which the lower triangle is read
    init?(_ matrix: [Double], count: Int) {
        var lower = [Double](repeating: 0, count: count * count)
        guard Self.factor(matrix, into: &lower, count: count) else { return nil }
        var inverse = [Double](repeating: 0, count: count * count)
        Self.invert(lower, into: &inverse, count: count)
        self.count = count
        self.lower = lower
        self.inverse = inverse
    }

    private static func factor(
        _ matrix: UnsafePointer<Double>, into lower: UnsafeMutablePointer<Double>, count: Int
    ) -> Bool {
        for i in 0..<count {
            let row = lower + i * count
            for j in 0..<i {
                let other = lower + j * count
                row[j] = (matrix[i * count + j] - dot(row, other, j)) / other[j]
            }
            let rest = matrix[i * count + i] - dot(row, row, i)
            guard rest > 0 else { return false }
            row[i] = rest.squareRoot()
        }
        return true
    }

    private static func invert(
        _ lower: UnsafePointer<Double>, into inverse: UnsafeMutablePointer<Double>, count: Int
    ) {
        for i in 0..<count {
            let row = lower + i * count
            for j in 0..<i {
                let column = inverse + j * count
                column[i] = -dot(row + j, column + j, i - j) / row[i]
            }
            inverse[i * count + i] = 1 / row[i]
        }
    }

    /// The triangle's inverse times a vector.
    func whitened(_ vector: [Double]) -> [Double] {
        var result = [Double](repeating: 0, count: count)
        Self.addColumns(inverse, times: vector, to: &result, count: count)
        return result
    }

    private static func addColumns(
        _ inverse: UnsafePointer<Double>, times vector: UnsafePointer<Double>, to result: UnsafeMutablePointer<Double>,
        count: Int
    ) {
        for j in 0..<count {
            let (column, factor) = (inverse + j * count, vector[j])
            for i in j..<count { result[i] += factor * column[i] }
        }
    }

    /// The transpose of the triangle's inverse times a vector: of one that is `whitened`, the solution of the system.
    func solved(whitened vector: [Double]) -> [Double] {
        inverse.withUnsafeBufferPointer { inverse in
            vector.withUnsafeBufferPointer { vector in
                guard let inverse = inverse.baseAddress, let vector = vector.baseAddress else { return [] }
                return (0..<count).map { dot(inverse + $0 * count + $0, vector + $0, count - $0) }
            }
        }
    }

    /// The triangle's diagonal, whose product is the root of the determinant.
    var diagonal: [Double] { (0..<count).map { lower[$0 * count + $0] } }
}

/// The sum of `count` products, in four sums that the compiler can keep in vectors.
@inline(__always)
func dot(_ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>, _ count: Int) -> Double {
    var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
    var index = 0
    while index &+ 4 <= count {
        a += left[index] * right[index]
        b += left[index &+ 1] * right[index &+ 1]
        c += left[index &+ 2] * right[index &+ 2]
        d += left[index &+ 3] * right[index &+ 3]
        index &+= 4
    }
    while index < count {
        a += left[index] * right[index]
        index &+= 1
    }
    return (a + c) + (b + d)
}
