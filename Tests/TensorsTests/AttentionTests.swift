import Foundation
import Tensors
import Testing

@Suite struct AttentionTests {
    @Test(arguments: Kernels.supported, [(1, 4), (2, 8), (5, 3), (13, 16), (33, 32), (40, 64), (70, 20)])
    func attentionMatchesItsDefinition(level: Kernels.Level, sizes: (tokens: Int, size: Int)) throws {
        let (tokens, size) = sizes
        let kernels = try Kernels(level)
        let (heads, before) = (2, 3)
        let hidden = heads * size
        var noise = Noise(seed: UInt64(tokens * size))
        // Scores far from zero: a softmax that does not subtract the greatest overflows, one that counts padding is wrong.
        let values = noise.floats((tokens + before) * 3 * hidden, scale: 6)
        let projections = Matrix(rows: tokens + before, columns: 3 * hidden, values: values)
        let context = Matrix(rows: tokens + before, columns: hidden)
        let scratch = Matrix(rows: 1, columns: kernels.attendScratch(tokens: tokens, size: size))
        let rows = before..<tokens + before
        for head in 0..<heads {
            kernels.attend(projections, rows: rows, head: head, size: size, into: context, scratch: scratch.elements)
        }
        func element(_ part: Int, _ row: Int, _ head: Int, _ d: Int) -> Double {
            Double(values[row * 3 * hidden + part * hidden + head * size + d])
        }
        for head in 0..<heads {
            for row in rows {
                let scores = rows.map { key in
                    (0..<size).reduce(0) { $0 + element(0, row, head, $1) * element(1, key, head, $1) }
                        / Double(size).squareRoot()
                }
                let greatest = scores.max() ?? 0
                let weights = scores.map { exp($0 - greatest) }
                let sum = weights.reduce(0, +)
                let expected = (0..<size).map { d in
                    zip(rows, weights).reduce(0) { $0 + $1.1 * element(2, $1.0, head, d) } / sum
                }
                let found = Array(context[row][head * size..<(head + 1) * size])
                // The scores reach 200, so that fp32 knows them to 1e-5.
                #expect(difference(found, expected) < 2e-4)
            }
        }
    }

    @Test(arguments: Kernels.supported)
    func equalScoresGiveTheMean(level: Kernels.Level) throws {
        let kernels = try Kernels(level)
        let (tokens, size) = (37, 8)
        var noise = Noise(seed: 5)
        var values = noise.floats(tokens * 3 * size)
        for row in 0..<tokens { for d in 0..<size { values[row * 3 * size + size + d] = -1e4 } }
        let projections = Matrix(rows: tokens, columns: 3 * size, values: values)
        let context = Matrix(rows: tokens, columns: size)
        let scratch = Matrix(rows: 1, columns: kernels.attendScratch(tokens: tokens, size: size))
        kernels.attend(projections, rows: 0..<tokens, head: 0, size: size, into: context, scratch: scratch.elements)
        let mean = (0..<size).map { d in
            (0..<tokens).reduce(0) { $0 + Double(values[$1 * 3 * size + 2 * size + d]) } / Double(tokens)
        }
        for row in 0..<tokens { #expect(difference(Array(context[row]), mean) < 1e-6) }
    }
}
