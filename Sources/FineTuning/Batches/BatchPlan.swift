import Tensors

/// Which examples each step takes: a function of their lengths, the seed and the step alone, so that a run is continued by
/// knowing its step.
///
///     epoch e:  all examples, shuffled ─ cut in pools of 50 steps ─ each pool by length ─ cut in steps ─ steps shuffled
///
/// Steps of examples that are about equally long take less time, and chance still decides who meets whom. The last step
/// of an epoch's cut may be smaller than the others; every example is taken once an epoch.
package struct BatchPlan: Sendable {
    /// Steps whose examples are sorted by length together.
    private static let pool = 50

    private let lengths: [Int]
    private let stepSize: Int
    private let seed: UInt64

    /// - Parameters:
    ///   - lengths: of every example, in tokens; at least one
    ///   - stepSize: examples of a step
    package init(lengths: [Int], stepSize: Int, seed: UInt64) {
        precondition(!lengths.isEmpty && stepSize > 0, "\(lengths.count) examples in steps of \(stepSize)")
        self.lengths = lengths
        self.stepSize = stepSize
        self.seed = seed
    }

    package var stepsPerEpoch: Int { (lengths.count + stepSize - 1) / stepSize }

    /// The examples of every step of an epoch.
    package func steps(epoch: Int) -> [[Int]] {
        var random = SplitMix(seed: seed, stream: UInt64(epoch))
        var order = Array(lengths.indices)
        random.shuffle(&order)
        var steps: [[Int]] = []
        for pool in Self.cut(order, into: Self.pool * stepSize) {
            // Equal lengths stay in the order of chance.
            let sorted = pool.enumerated().sorted {
                (lengths[$0.element], $0.offset) < (lengths[$1.element], $1.offset)
            }
            steps += Self.cut(sorted.map(\.element), into: stepSize)
        }
        random.shuffle(&steps)
        return steps
    }

    private static func cut(_ elements: [Int], into size: Int) -> [[Int]] {
        stride(from: 0, to: elements.count, by: size).map { Array(elements[$0..<min(elements.count, $0 + size)]) }
    }
}
