import BERT
import Foundation
import Tensors

/// What a layer's share of a training step is made of: CPU time of one lane by kind of work, forward and backward.
struct StepTable {
    private let configuration: BERTConfiguration
    private let kernels: Kernels
    private let slices: [Range<Int>]
    private let tokens: Int
    private let names: [UInt64]
    private let dropout: Dropout?
    private var lines: [(kind: String, seconds: Double, operations: Double)] = []

    /// `count` sequences of `length` tokens, in slices of four.
    init(_ configuration: BERTConfiguration, count: Int, length: Int, kernels: Kernels) {
        self.configuration = configuration
        self.kernels = kernels
        tokens = count * length
        slices = stride(from: 0, to: tokens, by: 4 * length).map { [tokens] in $0..<min(tokens, $0 + 4 * length) }
        names = (0..<tokens).map { Dropout.name(example: $0 / length, token: $0 % length) }
        dropout = Dropout(rate: 0.1, seed: 1, step: 1, site: 1)
        measureProducts()
        measureAttention(length: length)
        measureRows()
    }

    /// A row a kind; the last column is of the speed of a product that stays in the nearest cache.
    var text: String {
        let (total, best) = (lines.reduce(0) { $0 + $1.seconds }, nearSpeed())
        return lines.map { line in
            let speed = line.operations / line.seconds / 1e9
            let part = line.operations == 0 ? "" : String(format: "%6.1f GFLOP/s %4.0f %%", speed, 100 * speed / best)
            let name = line.kind.padding(toLength: 32, withPad: " ", startingAt: 0)
            return name + String(format: "%8.2f ms %4.1f %%  ", 1e3 * line.seconds, 100 * line.seconds / total) + part
        }.joined(separator: "\n") + String(format: "\nnearest cache: %.1f GFLOP/s", best)
    }

    /// The least CPU time of three.
    private func seconds(_ body: () -> Void) -> Double {
        (0..<3).reduce(.infinity) { least, _ in
            let start = clock()
            body()
            return min(least, Double(clock() - start) / Double(CLOCKS_PER_SEC))
        }
    }

    private mutating func measure(_ kind: String, operations: Double = 0, _ body: () -> Void) {
        lines.append((kind, seconds(body), operations))
    }

    private func matrix(_ rows: Int, _ columns: Int) -> Matrix {
        let matrix = Matrix(rows: rows, columns: columns)
        for index in matrix.buffer.indices { matrix.buffer[index] = Float(index % 97) / 97 - 0.5 }
        return matrix
    }

    private func weight(_ outputs: Int, _ inputs: Int) -> TrainableWeight {
        let weight = TrainableWeight(
            values: matrix(outputs, inputs), gradient: matrix(outputs, inputs), kernels: kernels)
        weight.repack(share: .whole)
        return weight
    }

    private func nearSpeed() -> Double {
        let (weight, x, y) = (weight(16, 384), matrix(96, 384), matrix(96, 16))
        let time = seconds { for _ in 0..<2000 { weight.multiply(x, into: y, share: .whole) } }
        return 2000 * 2 * 96 * 384 * 16 / time / 1e9
    }

    private mutating func measureProducts() {
        let (hidden, inner) = (configuration.hiddenSize, configuration.intermediateSize)
        let narrow = matrix(tokens, hidden)
        let wide = matrix(tokens, inner)
        let out = Matrix(rows: tokens, columns: hidden)
        let outWide = Matrix(rows: tokens, columns: inner)
        let (square, up, down) = (weight(hidden, hidden), weight(inner, hidden), weight(hidden, inner))
        let packed = PackedColumns(kernels: kernels)
        let packedWide = PackedColumns(kernels: kernels)
        packed.resize(columns: hidden, slices: slices)
        packedWide.resize(columns: inner, slices: slices)
        let scratch = Matrix(rows: 1, columns: kernels.accumulateScratch)
        let operations = 2 * Double(tokens) * Double(4 * hidden * hidden + 2 * hidden * inner)
        measure("y = x Wᵀ", operations: operations) {
            for _ in 0..<4 { square.multiply(narrow, into: out, share: .whole) }
            up.multiply(narrow, into: outWide, share: .whole)
            down.multiply(wide, into: out, share: .whole)
        }
        measure("dx = dy W", operations: operations) {
            for _ in 0..<4 { square.multiplyTransposed(narrow, into: out, share: .whole) }
            up.multiplyTransposed(wide, into: out, share: .whole)
            down.multiplyTransposed(narrow, into: outWide, share: .whole)
        }
        measure("packing x") {
            for _ in 0..<3 { packed.pack(narrow, share: .whole) }
            packedWide.pack(wide, share: .whole)
        }
        measure("dW += dyᵀ x", operations: operations) {
            for _ in 0..<4 {
                square.accumulateGradient(narrow, input: packed, scratch: scratch.elements, share: .whole)
            }
            up.accumulateGradient(wide, input: packed, scratch: scratch.elements, share: .whole)
            down.accumulateGradient(narrow, input: packedWide, scratch: scratch.elements, share: .whole)
        }
        measure("packing W, once a step") {
            for _ in 0..<4 { square.repack(share: .whole) }
            up.repack(share: .whole)
            down.repack(share: .whole)
        }
    }

    private mutating func measureAttention(length: Int) {
        let (hidden, size) = (configuration.hiddenSize, configuration.headSize)
        let (projections, context) = (matrix(tokens, 3 * hidden), matrix(tokens, hidden))
        let (dProjections, kept) = (matrix(tokens, 3 * hidden), matrix(configuration.headCount, 2 * tokens))
        let floats = max(
            kernels.attendScratch(tokens: length, size: size), kernels.attendBackwardScratch(tokens: length, size: size)
        )
        let scratch = Matrix(rows: 1, columns: floats)
        let heads = stride(from: 0, to: tokens, by: length).flatMap { first in
            (0..<configuration.headCount).map {
                AttentionHead(rows: first..<first + length, index: $0, size: size)
            }
        }
        let pairs = Double(heads.count * length * length * size)
        measure("attention", operations: 4 * pairs) { [kernels, dropout, names] in
            for head in heads {
                kernels.attendKeeping(
                    head, projections, into: context, kept: kept, dropout: dropout, names: names,
                    scratch: scratch.elements)
            }
        }
        measure("attention backward", operations: 10 * pairs) { [kernels, dropout, names] in
            for head in heads {
                kernels.attendBackward(
                    head, projections, context: context, dContext: context, kept: kept, dropout: dropout, names: names,
                    into: dProjections, scratch: scratch.elements)
            }
        }
    }

    private mutating func measureRows() {
        let (hidden, inner) = (configuration.hiddenSize, configuration.intermediateSize)
        let (x, y, bias) = (matrix(tokens, hidden), matrix(tokens, hidden), matrix(1, hidden))
        let (wide, other, gradient) = (matrix(tokens, inner), matrix(tokens, inner), matrix(tokens, inner))
        let wideBias = matrix(1, inner)
        let kept = NormalizedRows()
        kept.resize(tokens: tokens, hidden: hidden)
        let norm = TrainableNorm(
            scale: matrix(1, hidden), shift: bias, dScale: matrix(1, hidden), dShift: matrix(1, hidden), epsilon: 1e-12)
        measure("dropout, residual, LayerNorm") { [kernels, dropout, names, tokens, slices] in
            for _ in 0..<2 {
                kernels.addAndNormalizeKeeping(
                    kept, residual: x, rows: 0..<tokens, bias: bias, norm, dropout: dropout, names: names, into: y)
                kernels.addNormGradients(y, kept, columns: 0..<hidden, slices: slices, norm)
                kernels.normalizeBackward(
                    y, kept, rows: 0..<tokens, norm, dropout: dropout, names: names, branch: x)
            }
        }
        measure("activation") { [kernels, configuration] in
            kernels.activateKeeping(wide, into: other, columns: 0..<inner, bias: wideBias, configuration.activation)
            kernels.activateBackward(
                wide, again: other, gradient: gradient, columns: 0..<inner, configuration.activation)
        }
        measure("gradients of biases") { [kernels, slices] in
            for _ in 0..<5 { kernels.addColumnSums(x, part: 0..<hidden, slices: slices, into: bias) }
            kernels.addColumnSums(wide, part: 0..<inner, slices: slices, into: wideBias)
        }
    }
}
