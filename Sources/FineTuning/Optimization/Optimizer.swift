package import BERT
package import Tasks
package import Tensors

/// Changes parameters by their gradients, and keeps the moments that this takes.
///
/// Weights are decayed, biases and the scales of LayerNorm are not; frozen parameters are left alone. The numbers are spread
/// over the lanes of a team in blocks, and every sum is taken in the order of the blocks: the bytes do not depend on how
/// many lanes there are.
package final class Optimizer {
    /// Numbers that one lane takes at once.
    private static let blockSize = 1 << 14

    /// A parameter and its moments, first m then v, each `[count]`.
    package struct Entry {
        package let parameter: TrainableParameter
        package let moments: UnsafeMutableBufferPointer<Float>
        let decays: Bool

        package var first: UnsafeMutableBufferPointer<Float> { part(0) }
        package var second: UnsafeMutableBufferPointer<Float> { part(1) }

        private func part(_ index: Int) -> UnsafeMutableBufferPointer<Float> {
            let count = moments.count / 2
            return UnsafeMutableBufferPointer(rebasing: moments[index * count..<(index + 1) * count])
        }
    }

    private struct Block {
        let entry: Int
        let range: Range<Int>
    }

    package let entries: [Entry]
    private let rule: OptimizerStep.Rule
    private let beta1, beta2, epsilon, decay: Double
    private let blocks: [Block]
    private let sums: UnsafeMutableBufferPointer<Double>

    /// Moments start at 0. A parameter that is frozen now stays so.
    package init(_ parameters: [TrainableParameter], options: FineTuningOptions) {
        rule =
            switch options.optimizer {
            case .bertadam: .bertAdam
            case .adamw: .adamW
            case .adam: .adam
            }
        (beta1, beta2) = (options.beta1, options.beta2)
        (epsilon, decay) = (options.epsilon, options.weightDecay)
        entries = parameters.filter { !$0.isFrozen }.map { parameter in
            let moments = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * parameter.values.count)
            moments.initialize(repeating: 0)
            return Entry(parameter: parameter, moments: moments, decays: Self.decays(parameter.name))
        }
        blocks = entries.enumerated().flatMap { index, entry in
            let count = entry.parameter.values.count
            return stride(from: 0, to: count, by: Self.blockSize).map { start in
                Block(entry: index, range: start..<min(count, start + Self.blockSize))
            }
        }
        sums = .allocate(capacity: blocks.count)
    }

    deinit {
        for entry in entries { entry.moments.deallocate() }
        sums.deallocate()
    }

    /// Biases, and the scales and shifts of LayerNorm, are no weights.
    static func decays(_ name: String) -> Bool { !name.hasSuffix(".bias") && !name.contains("LayerNorm.") }

    /// The Euclidean norm of all gradients together.
    package func gradientNorm(team: Team) -> Double {
        let (blocks, entries, sums) = (blocks, entries, sums)
        team.run { share in
            for index in share.part(of: blocks.count) {
                let gradient = entries[blocks[index].entry].parameter.gradient
                sums[index] = OptimizerStep.sumOfSquares(.init(rebasing: gradient[blocks[index].range]))
            }
        }
        return sums.reduce(0, +).squareRoot()
    }

    /// Takes one step.
    ///
    /// - Parameters:
    ///   - number: counts steps from 1
    ///   - scale: multiplied into every gradient first
    package func step(number: Int, rate: Double, scale: Double, team: Team) {
        let step = OptimizerStep(
            rule, number: number, scale: scale, rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon)
        let (blocks, entries, decay) = (blocks, entries, decay)
        team.run { share in
            for index in share.part(of: blocks.count) {
                let (entry, range) = (entries[blocks[index].entry], blocks[index].range)
                step.apply(
                    decay: entry.decays ? decay : 0, weights: .init(rebasing: entry.parameter.values[range]),
                    gradient: .init(rebasing: entry.parameter.gradient[range]),
                    first: .init(rebasing: entry.first[range]), second: .init(rebasing: entry.second[range]))
            }
        }
    }

    /// Forgets every step that was taken.
    package func clearMoments() {
        for entry in entries { entry.moments.update(repeating: 0) }
    }

    /// What the gradients are multiplied with so that their norm is at most `maximum` (0: as they are): torch's
    /// `clip_grad_norm_`.
    package static func clipping(norm: Double, maximum: Double) -> Double {
        maximum == 0 ? 1 : min(1, maximum / (norm + 1e-6))
    }
}
