import Foundation
import Tensors
import Testing

/// Every level that this CPU has, against the same arithmetic in double precision.
@Suite struct KernelTests {
    static let widths = [1, 3, 4, 7, 8, 16, 31, 48, 100]

    @Test(arguments: Kernels.supported, Activation.allCases)
    func activationMatchesItsDefinition(level: Kernels.Level, activation: Activation) throws {
        let kernels = try Kernels(level)
        let values = (0..<4001).map { Float($0 - 2000) / 160 } + [-100, 100, 1e-6, -1e-6, 0]
        let x = Matrix(rows: 1, columns: values.count, values: values)
        let bias = [Float](repeating: 0.25, count: values.count)
        kernels.activate(x, rows: 0..<1, columns: 0..<values.count, bias: bias, activation)
        let expected = values.map { value -> Double in
            let x = Double(value + 0.25)
            switch activation {
            case .identity: return x
            case .gelu: return 0.5 * x * erfc(-x / 2.0.squareRoot())
            case .geluTanh: return 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
            case .relu: return max(x, 0)
            case .tanh: return tanh(x)
            }
        }
        // Two units in the last place of a GELU near 5; the values past it are exact.
        #expect(difference(x.values, expected) < 1.5e-6)
    }

    @Test(arguments: Kernels.supported, widths)
    func layerNormHasZeroMeanAndUnitVariance(level: Kernels.Level, width: Int) throws {
        let kernels = try Kernels(level)
        var noise = Noise(seed: 1)
        let (x, hidden, bias) = (noise.floats(3 * width), noise.floats(3 * width), noise.floats(width))
        let (scale, shift) = (noise.floats(width), noise.floats(width))
        let out = Matrix(rows: 3, columns: width, values: hidden)
        kernels.addAndNormalize(
            out, adding: Matrix(rows: 3, columns: width, values: x), rows: 1..<3,
            bias: Tensor(shape: [width], values: bias),
            LayerNorm(
                scale: Tensor(shape: [width], values: scale), shift: Tensor(shape: [width], values: shift),
                epsilon: 1e-5))
        var expected = hidden.prefix(width).map(Double.init)
        for row in 1..<3 {
            let sum = (0..<width).map {
                Double(x[row * width + $0]) + Double(bias[$0]) + Double(hidden[row * width + $0])
            }
            expected += normalized(sum, scale, shift, epsilon: 1e-5)
        }
        #expect(difference(out.values, expected) < 5e-6)
    }

    @Test(arguments: Kernels.supported, widths)
    func embeddingIsTheNormalizedSumOfThreeTables(level: Kernels.Level, width: Int) throws {
        let kernels = try Kernels(level)
        var noise = Noise(seed: 2)
        let (words, places, kinds) = (noise.floats(5 * width), noise.floats(4 * width), noise.floats(2 * width))
        let (scale, shift) = (noise.floats(width), noise.floats(width))
        let tables = EmbeddingTables(
            words: Tensor(shape: [5, width], values: words), positions: Tensor(shape: [4, width], values: places),
            types: Tensor(shape: [2, width], values: kinds),
            norm: LayerNorm(
                scale: Tensor(shape: [width], values: scale), shift: Tensor(shape: [width], values: shift),
                epsilon: 1e-5))
        let (ids, positions, types): ([Int32], [Int32], [UInt8]) = ([4, 0, 3], [0, 1, 3], [0, 0, 1])
        let out = Matrix(rows: 3, columns: width)
        kernels.embed(tables, ids: ids, positions: positions, types: types, rows: 0..<3, into: out)
        let expected = (0..<3).flatMap { row -> [Double] in
            let sum = (0..<width).map { column in
                Double(words[Int(ids[row]) * width + column]) + Double(places[Int(positions[row]) * width + column])
                    + Double(kinds[Int(types[row]) * width + column])
            }
            return normalized(sum, scale, shift, epsilon: 1e-5)
        }
        #expect(difference(out.values, expected) < 5e-6)
    }

    @Test(arguments: Kernels.supported, widths)
    func poolingsAreSumMaximumAndLength(level: Kernels.Level, width: Int) throws {
        let kernels = try Kernels(level)
        var noise = Noise(seed: 3)
        let values = noise.floats(4 * width)
        let x = Matrix(rows: 4, columns: width, values: values)
        let pooled = Matrix(rows: 2, columns: width)
        kernels.sum(x, rows: 1..<4, scale: 0.5, into: pooled.elements)
        kernels.maximum(x, rows: 1..<4, into: pooled.elements + width)
        let columns = (0..<width).map { column in (1..<4).map { Double(values[$0 * width + column]) } }
        #expect(difference(pooled.values, columns.map { $0.reduce(0, +) / 2 } + columns.map { $0.max() ?? 0 }) < 1e-6)

        for column in 0..<width { x.elements[column] = 0 }
        kernels.scaleToUnit(x)
        let lengths = (0..<4).map { row in x[row].reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
        #expect(lengths[0] == 0 && lengths.dropFirst().allSatisfy { abs($0 - 1) < 1e-6 })
    }

    private func normalized(_ x: [Double], _ scale: [Float], _ shift: [Float], epsilon: Double) -> [Double] {
        let mean = x.reduce(0, +) / Double(x.count)
        let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
        return x.indices.map {
            (x[$0] - mean) / (variance + epsilon).squareRoot() * Double(scale[$0]) + Double(shift[$0])
        }
    }
}
