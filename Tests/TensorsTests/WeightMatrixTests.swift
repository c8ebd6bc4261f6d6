import Tensors
import Testing

@Suite struct WeightMatrixTests {
    static let shapes = [(1, 1, 1), (2, 5, 3), (7, 37, 19), (13, 64, 400), (100, 5, 770), (97, 3, 384)]

    @Test(arguments: Kernels.supported, shapes)
    func productMatchesDouble(level: Kernels.Level, shape: (rows: Int, outputs: Int, inputs: Int)) throws {
        let (rows, outputs, inputs) = shape
        var noise = Noise(seed: UInt64(rows))
        let (x, w) = (noise.floats(rows * inputs), noise.floats(outputs * inputs))
        let weight = try matrix(w, outputs, inputs, level)
        let output = Matrix(
            rows: rows, columns: outputs + 2, values: [Float](repeating: 9, count: rows * (outputs + 2)))
        weight.multiply(Matrix(rows: rows, columns: inputs, values: x), into: output, at: 1)
        let expected = (0..<rows).flatMap { row -> [Double] in
            let products = (0..<outputs).map { o -> Double in
                (0..<inputs).reduce(0.0) { $0 + Double(x[row * inputs + $1]) * Double(w[o * inputs + $1]) }
            }
            return [9] + products + [9]
        }
        #expect(difference(output.values, expected) < 2e-5)
    }

    @Test(arguments: Kernels.supported)
    func rowDoesNotDependOnItsNeighbours(level: Kernels.Level) throws {
        let (rows, outputs, inputs) = (29, 50, 400)
        var noise = Noise(seed: 8)
        let x = noise.floats(rows * inputs)
        let weight = try matrix(noise.floats(outputs * inputs), outputs, inputs, level)
        let together = Matrix(rows: rows, columns: outputs)
        weight.multiply(Matrix(rows: rows, columns: inputs, values: x), into: together)
        for row in 0..<rows {
            let alone = Matrix(rows: 1, columns: outputs)
            let input = Array(x[row * inputs..<(row + 1) * inputs])
            weight.multiply(Matrix(rows: 1, columns: inputs, values: input), into: alone)
            // Own kernels sum every row in one order; OpenBLAS changes its order with the number of rows.
            let tolerance = level == .portable ? 1e-5 : 0
            #expect(difference(alone.values, together[row].map(Double.init)) <= tolerance)
        }
    }

    @Test(arguments: Kernels.supported, [1, 2, 3, 7])
    func sharesTogetherAreTheWhole(level: Kernels.Level, lanes: Int) throws {
        let (rows, outputs, inputs) = (5, 70, 33)
        var noise = Noise(seed: 9)
        let input = Matrix(rows: rows, columns: inputs, values: noise.floats(rows * inputs))
        let weight = try matrix(noise.floats(outputs * inputs), outputs, inputs, level)
        let (whole, parts) = (Matrix(rows: rows, columns: outputs), Matrix(rows: rows, columns: outputs))
        weight.multiply(input, into: whole)
        for index in 0..<lanes { weight.multiply(input, into: parts, share: Share(index: index, of: lanes)) }
        #expect(difference(parts.values, whole.values.map(Double.init)) < 1e-5)
    }

    private func matrix(_ values: [Float], _ outputs: Int, _ inputs: Int, _ level: Kernels.Level) throws -> WeightMatrix
    {
        WeightMatrix(
            Tensor(shape: [outputs, inputs], values: values), blas: try BLAS.open(), kernels: try Kernels(level))
    }
}
