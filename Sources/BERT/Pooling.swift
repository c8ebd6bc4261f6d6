package import Tensors

/// How the token vectors of a sequence become one vector: one or more parts, concatenated in their order.
package struct Pooling: Sendable, Equatable {
    package enum Part: String, CaseIterable, Sendable {
        /// The first token's vector; the mean; the greatest of each column; the sum divided by √tokens.
        case cls, mean, max
        case meanSqrtLength = "mean_sqrt_len"
    }

    package let parts: [Part]

    package static let cls = Pooling([.cls])
    package static let mean = Pooling([.mean])
    package static let max = Pooling([.max])
    package static let meanMax = Pooling([.mean, .max])
    package static let meanSqrtLength = Pooling([.meanSqrtLength])

    /// At least one part. sentence-transformers puts several in the order cls, max, mean, mean_sqrt_len.
    package init(_ parts: [Part]) {
        precondition(!parts.isEmpty, "a pooling of no parts")
        self.parts = parts
    }

    /// Columns of a pooled vector.
    package func width(hiddenSize: Int) -> Int { parts.count * hiddenSize }

    /// output `[sequences, width]` from `[tokens, hidden]`; `starts` has the first row of each sequence and the total.
    package func apply(_ hidden: Matrix, starts: [Int32], kernels: Kernels, into output: Matrix) {
        precondition(starts.last.map(Int.init) == hidden.rows, "starts end at \(starts.last ?? -1) of \(hidden.rows)")
        output.resize(rows: starts.count - 1, columns: width(hiddenSize: hidden.columns))
        for sequence in 0..<output.rows {
            let rows = Int(starts[sequence])..<Int(starts[sequence + 1])
            for (index, part) in parts.enumerated() {
                let place = output.elements + sequence * output.columns + index * hidden.columns
                pool(part, hidden, rows, kernels, into: place)
            }
        }
    }

    private func pool(
        _ part: Part, _ hidden: Matrix, _ rows: Range<Int>, _ kernels: Kernels, into place: UnsafeMutablePointer<Float>
    ) {
        let tokens = Float(rows.count)
        switch part {
        case .cls: place.update(from: hidden.elements + rows.lowerBound * hidden.columns, count: hidden.columns)
        case .mean: kernels.sum(hidden, rows: rows, scale: 1 / tokens, into: place)
        case .max: kernels.maximum(hidden, rows: rows, into: place)
        case .meanSqrtLength: kernels.sum(hidden, rows: rows, scale: 1 / tokens.squareRoot(), into: place)
        }
    }
}
