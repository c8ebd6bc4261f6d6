import Foundation
import Tensors
import Testing

/// Backward kernels of every level against their definition in double precision.
@Suite struct BackwardTests {
    @Test(arguments: Kernels.supported, Activation.allCases)
    func activationsHaveTheirDerivative(level: Kernels.Level, activation: Activation) throws {
        let kernels = try Kernels(level)
        let values = (0..<4001).map { Float($0 - 2000) / 160 + 0.001 } + [-100, 100]
        let x = Matrix(rows: 1, columns: values.count, values: values)
        let (y, dy) = (Matrix(rows: 1, columns: values.count), Matrix(rows: 1, columns: values.count))
        dy.buffer.update(repeating: 2)
        kernels.activateBackward(x, again: y, gradient: dy, columns: 0..<values.count, activation)
        func f(_ x: Double) -> Double {
            switch activation {
            case .identity: x
            case .gelu: 0.5 * x * erfc(-x / 2.0.squareRoot())
            case .geluTanh: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
            case .relu: max(x, 0)
            case .tanh: tanh(x)
            }
        }
        let h = 1e-5
        #expect(difference(y.values, values.map { f(Double($0)) }) < 1.5e-6)
        // The greatest error is that of the central difference and of the tails of the rational GELU.
        let slopes = values.map { (f(Double($0) + h) - f(Double($0) - h)) / h }
        #expect(difference(dy.values, slopes) < 4e-6)
    }

    /// Lengths beyond a block of queries and beyond a panel.
    @Test(arguments: Kernels.supported, [(1, 4), (5, 3), (33, 32), (50, 16), (97, 20), (120, 64)])
    func attentionHasItsGradients(level: Kernels.Level, sizes: (tokens: Int, size: Int)) throws {
        for rate in [Float(0), 0.3] { try checkAttention(level, sizes.tokens, sizes.size, rate: rate) }
    }

    private func checkAttention(_ level: Kernels.Level, _ tokens: Int, _ size: Int, rate: Float) throws {
        let kernels = try Kernels(level)
        let (before, hidden) = (2, 2 * size)
        var noise = Noise(seed: UInt64(tokens + size))
        let values = noise.floats((tokens + before) * 3 * hidden, scale: 2)
        let projections = Matrix(rows: tokens + before, columns: 3 * hidden, values: values)
        let context = Matrix(rows: tokens + before, columns: hidden)
        let kept = Matrix(rows: 2, columns: 2 * (tokens + before))
        let dContext = Matrix(
            rows: tokens + before, columns: hidden, values: noise.floats((tokens + before) * hidden))
        let dProjections = Matrix(rows: tokens + before, columns: 3 * hidden)
        let floats = max(
            kernels.attendScratch(tokens: tokens, size: size), kernels.attendBackwardScratch(tokens: tokens, size: size)
        )
        let scratch = Matrix(rows: 1, columns: floats)
        let names = (0..<tokens + before).map { Dropout.name(example: 0, token: $0) }
        let dropout = Dropout(rate: rate, seed: 5, step: 1, site: 9)
        let head = AttentionHead(rows: before..<tokens + before, index: 1, size: size)
        kernels.attendKeeping(
            head, projections, into: context, kept: kept, dropout: dropout, names: names, scratch: scratch.elements)
        kernels.attendBackward(
            head, projections, context: context, dContext: dContext, kept: kept, dropout: dropout, names: names,
            into: dProjections, scratch: scratch.elements)

        let mask = Matrix(rows: tokens, columns: tokens)
        mask.buffer.update(repeating: 1)
        kernels.drop(mask, rows: 0..<tokens, dropout, names: Array(names.dropFirst(before)))
        func rows(_ x: Matrix, _ part: Int) -> [[Double]] {
            (before..<tokens + before).map { row in
                (0..<size).map { Double(x[row][part * hidden + size + $0]) }
            }
        }
        let reference = AttentionReference(
            query: rows(projections, 0), key: rows(projections, 1), value: rows(projections, 2),
            mask: (0..<tokens).map { mask[$0].map(Double.init) }, dOut: rows(dContext, 0))
        for (part, expected) in [reference.dQuery, reference.dKey, reference.dValue].enumerated() {
            let found = rows(dProjections, part)
            let worst = zip(found.joined(), expected.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
            #expect(worst < 2e-5, "part \(part), \(tokens) tokens, rate \(rate)")
        }
        let worst = zip(rows(context, 0).joined(), reference.out.joined()).reduce(0) { max($0, abs($1.0 - $1.1)) }
        #expect(worst < 1e-5)
    }
}

/// Attention with dropped weights, and its gradients, written from the definition; all `[tokens, size]`.
private struct AttentionReference {
    private(set) var out, dQuery, dKey, dValue: [[Double]]

    init(query: [[Double]], key: [[Double]], value: [[Double]], mask: [[Double]], dOut: [[Double]]) {
        let (tokens, size) = (query.count, query[0].count)
        let scale = 1 / Double(size).squareRoot()
        let zero = [[Double]](repeating: [Double](repeating: 0, count: size), count: tokens)
        (out, dQuery, dKey, dValue) = (zero, zero, zero, zero)
        func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        for i in 0..<tokens {
            let scores = key.map { inner(query[i], $0) * scale }
            let greatest = scores.max() ?? 0
            let sum = scores.reduce(0) { $0 + exp($1 - greatest) }
            let weights = scores.map { exp($0 - greatest) / sum }
            let dWeights = (0..<tokens).map { mask[i][$0] * inner(dOut[i], value[$0]) }
            let along = inner(weights, dWeights)
            for j in 0..<tokens {
                let dScore = weights[j] * (dWeights[j] - along) * scale
                for d in 0..<size {
                    out[i][d] += weights[j] * mask[i][j] * value[j][d]
                    dValue[j][d] += weights[j] * mask[i][j] * dOut[i][d]
                    dQuery[i][d] += dScore * key[j][d]
                    dKey[j][d] += dScore * query[i][d]
                }
            }
        }
    }
}
