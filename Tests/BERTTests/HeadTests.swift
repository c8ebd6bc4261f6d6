import BERT
import Foundation
import Tensors
import Testing

@Suite struct HeadTests {
    @Test(arguments: Kernels.supported)
    func poolingsOfTwoSequences(level: Kernels.Level) throws {
        let hidden = matrix([[1, -2], [3, 4], [5, -6], [7, 8]])
        let expected: [(Pooling, [[Double]])] = [
            (.cls, [[1, -2], [7, 8]]),
            (.mean, [[3, -4.0 / 3], [7, 8]]),
            (.max, [[5, 4], [7, 8]]),
            (.meanSqrtLength, [[9 / 3.0.squareRoot(), -4 / 3.0.squareRoot()], [7, 8]]),
            (.meanMax, [[3, -4.0 / 3, 5, 4], [7, 8, 7, 8]]),
            (Pooling([.cls, .max]), [[1, -2, 5, 4], [7, 8, 7, 8]]),
        ]
        let output = Matrix()
        for (pooling, values) in expected {
            pooling.apply(hidden, starts: [0, 3, 4], kernels: try Kernels(level), into: output)
            #expect(distance(output, values) < 1e-6)
            #expect(output.columns == pooling.width(hiddenSize: 2))
        }
    }

    @Test(arguments: Kernels.supported)
    func denseIsLinearThenItsActivation(level: Kernels.Level) throws {
        let kernels = try Kernels(level)
        let weight = Tensor(shape: [3, 2], values: [1, 2, 3, 4, 5, 6])
        let bias = Tensor(shape: [3], values: [0.5, 0, -17])
        let output = Matrix()
        for activation in [Activation.identity, .tanh] {
            let dense = Dense(
                weight: weight, bias: bias, activation: activation, blas: try BLAS.open(), kernels: kernels)
            dense.apply(matrix([[1, 1], [0, -0.5]]), into: output)
            let sums: [[Double]] = [[3.5, 7, -6], [-0.5, -2, -20]]
            #expect(distance(output, activation == .tanh ? sums.map { $0.map(tanh) } : sums) < 1e-6)
        }
        let plain = Dense(weight: weight, bias: nil, activation: .identity, blas: try BLAS.open(), kernels: kernels)
        plain.apply(matrix([[1, 0]]), into: output)
        #expect(rows(output) == [[1, 3, 5]])
    }

    @Test(arguments: Kernels.supported)
    func normalizedVectorsHaveLengthOne(level: Kernels.Level) throws {
        let vectors = matrix([[3, 4], [0, 0], [0, -2]])
        Normalize(kernels: try Kernels(level)).apply(vectors)
        #expect(distance(vectors, [[0.6, 0.8], [0, 0], [0, -1]]) < 1e-6)
    }

    private func matrix(_ values: [[Float]]) -> Matrix {
        let matrix = Matrix(rows: values.count, columns: values[0].count)
        for (row, list) in values.enumerated() {
            for (column, value) in list.enumerated() { matrix[row][column] = value }
        }
        return matrix
    }
}
