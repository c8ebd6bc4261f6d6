import BERT
import FineTuning
import TestSupport
import Testing

@Suite struct BatchPlanTests {
    private let lengths: [Int] = {
        var random = Seeded(5)
        return (0..<1003).map { _ in Int.random(in: 3...128, using: &random) }
    }()

    private func plan(seed: UInt64 = 1, stepSize: Int = 16) -> BatchPlan {
        BatchPlan(lengths: lengths, stepSize: stepSize, seed: seed)
    }

    @Test func anEpochTakesEveryExampleOnceInStepsOfOneSize() {
        let steps = plan().steps(epoch: 0)
        #expect(steps.count == plan().stepsPerEpoch && steps.count == 63)
        #expect(steps.joined().sorted() == Array(lengths.indices))
        #expect(steps.count { $0.count == 16 } == 62 && steps.count { $0.count == 11 } == 1)
    }

    @Test func aStepIsAFunctionOfSeedAndEpoch() {
        #expect(plan().steps(epoch: 3) == plan().steps(epoch: 3))
        #expect(plan().steps(epoch: 3) != plan().steps(epoch: 4))
        #expect(plan().steps(epoch: 3) != plan(seed: 2).steps(epoch: 3))
    }

    @Test func aStepHoldsExamplesOfAboutOneLength() {
        let steps = plan().steps(epoch: 0)
        let spreads = steps.map { step in
            let found = step.map { lengths[$0] }
            return (found.max() ?? 0) - (found.min() ?? 0)
        }
        #expect(spreads.reduce(0, +) / spreads.count < 8, "of 126")
        // And short steps come between long ones.
        let means = steps.map { step in step.reduce(0) { $0 + lengths[$1] } / step.count }
        #expect(means != means.sorted() && means.prefix(20).max() ?? 0 > 90 && means.prefix(20).min() ?? 128 < 40)
    }

    @Test func theOrderIsTheSameOnEveryMachine() {
        // A change of it would make every checkpoint go on with other data.
        #expect(BatchPlan(lengths: [3, 3, 3, 3, 3, 3, 3], stepSize: 3, seed: 42).steps(epoch: 0) == Self.known)
    }

    private static let known = [[2], [0, 6, 5], [1, 3, 4]]

    @Test func microBatchesAreCutAtMultiplesOfFourWithinTheirTokens() {
        let examples = lengths.prefix(31).map {
            Example(ids: Array(repeating: 1, count: $0), types: Array(repeating: 0, count: $0), target: .label(0))
        }
        let parts = MicroBatch.cut(Array(examples), tokens: 600)
        #expect(parts.reduce(0) { $0 + $1.batch.count } == 31)
        var next = 0
        for part in parts {
            #expect(part.first == next && part.first.isMultiple(of: 4))
            #expect(part.batch.tokenCount <= 600 || part.batch.count <= 4)
            #expect(part.targets.count == part.batch.count)
            next += part.batch.count
        }
        #expect(MicroBatch.cut(Array(examples), tokens: 1).count == 8)
    }
}
