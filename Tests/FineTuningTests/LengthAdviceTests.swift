import BERT
import Tasks
import Testing

@testable import FineTuning

@Suite struct LengthAdviceTests {
    /// A task whose examples have these lengths before they are cut.
    private func task(_ lengths: [Int], maximum: Int, labels: [String] = ["a", "b"]) -> ClassificationTask {
        let examples = lengths.map { length in
            let kept = min(length, maximum)
            return Example(
                ids: [Int32](repeating: 5, count: kept), types: [UInt8](repeating: 0, count: kept), target: .label(0),
                droppedTokens: length - kept)
        }
        return ClassificationTask(
            labels: labels, training: examples, evaluationSets: [], metric: .accuracy,
            survey: DataSurvey(
                sets: [], labels: [], duplicates: 0, tokenPercentiles: .init(lengths), maximumTokens: maximum,
                cutRows: 0),
            splitFile: nil)
    }

    @Test func longerLengthsSayWhatTheyCutAndCost() throws {
        let advice = try #require(LengthAdvice(task([4, 8, 12, 40], maximum: 8), limit: 512))
        #expect(advice.cutRows == 2)
        // 28 tokens now; 16, 32 and 64 keep 40, 56 and 64.
        #expect(advice.choices.map(\.maximumTokens) == [16, 32, 64])
        #expect(advice.choices.map(\.cutRows) == [1, 1, 0])
        #expect(advice.choices.map { Int($0.factor * 28 + 0.5) } == [40, 56, 64])
        #expect(
            advice.sentence == "2 training rows are cut at 8 tokens; at 16 it would be 1, for 1.43 times the tokens "
                + "an epoch; at 32 it would be 1, for 2.00 times the tokens; at 64 it would be none, for 2.29 times "
                + "the tokens")
    }

    @Test func theModelsLimitIsTheLast() throws {
        let advice = try #require(LengthAdvice(task([900], maximum: 400), limit: 512))
        #expect(advice.choices == [.init(maximumTokens: 512, cutRows: 1, factor: 512.0 / 400)])
    }

    @Test func whereNothingIsCutOrNothingCanBeDoneThereIsNoAdvice() {
        #expect(LengthAdvice(task([4, 8], maximum: 8), limit: 512) == nil)
        #expect(LengthAdvice(task([4, 80], maximum: 8), limit: 8) == nil)
    }
}
