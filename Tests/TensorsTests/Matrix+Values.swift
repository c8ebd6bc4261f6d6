import Tensors

extension Matrix {
    convenience init(rows: Int, columns: Int, values: [Float]) {
        self.init(rows: rows, columns: columns)
        precondition(values.count == rows * columns)
        for (index, value) in values.enumerated() { elements[index] = value }
    }

    var values: [Float] { (0..<rows * columns).map { elements[$0] } }
}

/// The greatest absolute difference of two lists of equal length.
func difference(_ a: [Float], _ b: [Double]) -> Double {
    precondition(a.count == b.count)
    return zip(a, b).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
}
