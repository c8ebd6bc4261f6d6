import Terminal
import Testing

struct ProgressBarTests {
    @Test func sharesRateAndEndAreShown() {
        let bar = ProgressBar("embedding", unit: "texts")
        #expect(
            bar.line(done: 12_800, fraction: 0.44, elapsed: .seconds(4), width: 100)
                == "embedding  [===========>             ]  44 %  12 800 texts  3 200/s  eta 5.1 s")
    }

    @Test func withoutAnEndThereIsNoBar() {
        let bar = ProgressBar("embedding", unit: "texts")
        #expect(
            bar.line(done: 10, fraction: nil, elapsed: .seconds(2), width: 100) == "embedding  10 texts  5/s")
    }

    @Test func bytesHaveTheirUnit() {
        let bar = ProgressBar("fetching", unit: nil)
        #expect(
            bar.line(done: 2_500_000, fraction: 1, elapsed: .seconds(1), width: 100)
                == "fetching  [=========================] 100 %  2.5 MB  2.5 MB/s")
    }

    @Test func whatWasThereBeforeDoesNotMakeItFaster() {
        let bar = ProgressBar("fetching", unit: nil, alreadyDone: 0.5)
        let line = bar.line(done: 1_000_000, fraction: 0.75, elapsed: .seconds(10), width: 100)
        #expect(line.hasSuffix("eta 10.0 s"))
    }

    @Test(arguments: [20, 40, 80])
    func aLineNeverFillsTheTerminal(_ width: Int) {
        let line = ProgressBar("a long title of some work", unit: "texts")
            .line(done: .max, fraction: 0.999, elapsed: .seconds(1), width: width)
        #expect(line.displayWidth < width)
    }

    @Test(arguments: [-1, 0, 0.5, 1, 2, .nan, .infinity] as [Double])
    func anyFractionIsDrawn(_ fraction: Double) {
        let line = ProgressBar("x", unit: "texts").line(done: 0, fraction: fraction, elapsed: .zero, width: 80)
        #expect(line.hasPrefix("x  ["))
    }
}
