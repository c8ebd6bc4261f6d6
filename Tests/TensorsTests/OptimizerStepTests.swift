import Foundation
import Tensors
import Testing

/// Golden values of `generate_optimizers.py`.
@Suite struct OptimizerStepTests {
    private static let golden: [(rule: OptimizerStep.Rule, epsilon: Double, values: [Float])] = [
        (
            .adamW, 1e-8,
            [
                -0.9561279, -0.8007126, -0.6338647, -0.5183385, -0.4254022, -0.3497644, -0.2232078, -0.07234073,
                0.1013732, 0.2254752, 0.3236145, 0.3939582, 0.5115854, 0.6567656, 0.814214, 0.9672272,
            ]
        ),
        (
            .adam, 1e-8,
            [
                -0.9534881, -0.7827761, -0.6132709, -0.5173821, -0.415199, -0.337224, -0.2229025, -0.07078293,
                0.09829652, 0.2252275, 0.3164227, 0.3784212, 0.5110063, 0.6428612, 0.7787614, 0.9657837,
            ]
        ),
        (
            .bertAdam, 1e-6,
            [
                -1.075538, -0.7970892, -0.4860557, -0.3881207, -0.4080341, -0.4905118, -0.3624047, -0.1102412,
                0.2325606, 0.3717317, 0.3809438, 0.2748792, 0.3603187, 0.5815076, 0.8763709, 1.121306,
            ]
        ),
    ]

    @Test(arguments: 0..<3) func fiveStepsGiveTheReferencesNumbers(_ index: Int) {
        let (rule, epsilon, expected) = Self.golden[index]
        var state = State(count: 16)
        for number in 1...5 {
            state.setGradient(step: number, factor: 1)
            state.apply(Self.step(rule, number, scale: 1, epsilon), pieces: [0..<16])
        }
        // Rounding of sixteen fp32 operations a step; torch multiplies and adds in another order.
        for (found, expected) in zip(state.weights, expected) { #expect(abs(found - expected) < 2e-6) }
    }

    @Test(arguments: 0..<3) func cuttingAParameterAndScalingItsGradientChangeNothing(_ index: Int) {
        let (rule, epsilon, _) = Self.golden[index]
        var whole = State(count: 16)
        var cut = State(count: 16)
        for number in 1...5 {
            whole.setGradient(step: number, factor: 1)
            whole.apply(Self.step(rule, number, scale: 1, epsilon), pieces: [0..<16])
            cut.setGradient(step: number, factor: 4)
            cut.apply(Self.step(rule, number, scale: 0.25, epsilon), pieces: [0..<1, 1..<4, 4..<15, 15..<16])
        }
        #expect(whole.weights.elementsEqual(cut.weights))
    }

    @Test(arguments: [0, 1, 7, 8, 9, 1000]) func theSumOfSquaresIsRightAtEveryLength(_ count: Int) {
        let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
        defer { values.deallocate() }
        for index in 0..<count { values[index] = Float(index) }
        let expected = (0..<count).reduce(0) { $0 + $1 * $1 }
        #expect(OptimizerStep.sumOfSquares(values) == Double(expected))
    }

    private static func step(
        _ rule: OptimizerStep.Rule, _ number: Int, scale: Double, _ epsilon: Double
    ) -> OptimizerStep {
        OptimizerStep(
            rule, number: number, scale: scale, rate: 0.01 * Double(number), beta1: 0.9, beta2: 0.999, epsilon: epsilon)
    }

    /// Weights, gradients and both moments.
    private struct State: ~Copyable {
        private let numbers: [UnsafeMutableBufferPointer<Float>]

        init(count: Int) {
            numbers = (0..<4).map { _ in
                let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: count)
                buffer.initialize(repeating: 0)
                return buffer
            }
            for i in 0..<count { numbers[0][i] = (Float(i) - 7.5) / 8 }
        }

        deinit { for buffer in numbers { buffer.deallocate() } }

        var weights: [Float] { Array(numbers[0]) }

        mutating func setGradient(step: Int, factor: Float) {
            for i in numbers[1].indices {
                numbers[1][i] = factor * Float(sin(Double(i) + 1.7 * Double(step)) / Double(1 + i % 3))
            }
        }

        mutating func apply(_ step: OptimizerStep, pieces: [Range<Int>]) {
            for piece in pieces {
                let parts = numbers.map { UnsafeMutableBufferPointer(rebasing: $0[piece]) }
                step.apply(decay: 0.1, weights: parts[0], gradient: parts[1], first: parts[2], second: parts[3])
            }
        }
    }
}
