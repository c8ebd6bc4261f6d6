import Tensors
import Testing

@Suite struct TrainableWeightTests {
    /// The last has slices deeper than what is summed at a time.
    static let shapes = [(1, 1, 1), (2, 5, 3), (7, 37, 19), (13, 64, 400), (30, 5, 770), (900, 35, 17)]

    /// A weight of the shape, an input, a gradient of its output with a strange column on each side, and what double
    /// precision makes of them.
    private struct Case {
        let rows, outputs, inputs: Int
        let x, dy: Matrix
        let weight: TrainableWeight
        let gradient: Matrix
        let product, dx, dw: [Double]
        let packed: PackedColumns
        let scratch: Matrix

        init(_ shape: (rows: Int, outputs: Int, inputs: Int), _ level: Kernels.Level) throws {
            (rows, outputs, inputs) = shape
            let (rows, outputs, inputs) = shape
            let kernels = try Kernels(level)
            var noise = Noise(seed: UInt64(rows))
            let (x, w) = (noise.floats(rows * inputs), noise.floats(outputs * inputs))
            let dy = noise.floats(rows * (outputs + 2))
            self.x = Matrix(rows: rows, columns: inputs, values: x)
            self.dy = Matrix(rows: rows, columns: outputs + 2, values: dy)
            gradient = Matrix(rows: outputs, columns: inputs)
            gradient.buffer.update(repeating: 1)
            weight = TrainableWeight(
                values: Matrix(rows: outputs, columns: inputs, values: w), gradient: gradient, kernels: kernels)
            weight.repack(share: .whole)
            func d(_ row: Int, _ output: Int) -> Double { Double(dy[row * (outputs + 2) + 1 + output]) }
            product = (0..<rows * outputs).map { place in
                (0..<inputs).reduce(0) {
                    $0 + Double(x[place / outputs * inputs + $1]) * Double(w[place % outputs * inputs + $1])
                }
            }
            dx = (0..<rows * inputs).map { place in
                (0..<outputs).reduce(0) { $0 + d(place / inputs, $1) * Double(w[$1 * inputs + place % inputs]) }
            }
            dw = (0..<outputs * inputs).map { place in
                (0..<rows).reduce(1) { $0 + d($1, place / inputs) * Double(x[$1 * inputs + place % inputs]) }
            }
            packed = PackedColumns(kernels: kernels)
            packed.resize(columns: inputs, slices: [0..<rows - rows / 3, rows - rows / 3..<rows])
            packed.pack(self.x, share: .whole)
            scratch = Matrix(rows: 1, columns: kernels.accumulateScratch)
        }
    }

    @Test(arguments: Kernels.supported, shapes)
    func productsMatchDouble(level: Kernels.Level, shape: (rows: Int, outputs: Int, inputs: Int)) throws {
        let test = try Case(shape, level)
        let output = Matrix(rows: test.rows, columns: test.outputs)
        test.weight.multiply(test.x, into: output, share: .whole)
        #expect(difference(output.values, test.product) < 3e-5)
        let dx = Matrix(rows: test.rows, columns: test.inputs)
        test.weight.multiplyTransposed(test.dy, at: 1, into: dx, share: .whole)
        #expect(difference(dx.values, test.dx) < 3e-5)
        test.weight.multiplyTransposed(test.dy, at: 1, into: dx, adding: true, share: .whole)
        #expect(difference(dx.values, test.dx.map { 2 * $0 }) < 6e-5)
        test.weight.accumulateGradient(
            test.dy, at: 1, input: test.packed, scratch: test.scratch.elements, share: .whole)
        #expect(difference(test.gradient.values, test.dw) < 5e-5)
    }

    @Test(arguments: Kernels.supported, [2, 3, 7])
    func sharesDoNotChangeAByte(level: Kernels.Level, lanes: Int) throws {
        let (whole, parts) = (try Case((40, 70, 90), level), try Case((40, 70, 90), level))
        func results(_ test: Case, _ shares: [Share]) -> [Float] {
            let (output, dx) = (Matrix(rows: 40, columns: 70), Matrix(rows: 40, columns: 90))
            for share in shares {
                test.weight.repack(share: share)
                test.packed.pack(test.x, share: share)
            }
            for share in shares {
                test.weight.multiply(test.x, into: output, share: share)
                test.weight.multiplyTransposed(test.dy, at: 1, into: dx, share: share)
                test.weight.accumulateGradient(
                    test.dy, at: 1, input: test.packed, scratch: test.scratch.elements, share: share)
            }
            return output.values + dx.values + test.gradient.values
        }
        #expect(results(parts, (0..<lanes).map { Share(index: $0, of: lanes) }) == results(whole, [.whole]))
    }
}
