import Messages
import Testing
import bertctl

struct BenchTests {
    @Test func percentilesAreNearestRanks() {
        var measurement = Measurement(duration: .seconds(2))
        #expect(measurement.percentile(50) == nil)
        for value in (1...100).reversed() { measurement.add(latency: .milliseconds(value)) }
        #expect(measurement.percentile(50) == .milliseconds(50))
        #expect(measurement.percentile(99) == .milliseconds(99))
        #expect(measurement.percentile(100) == .milliseconds(100))
        #expect(measurement.percentile(0) == .milliseconds(1))
        measurement.add(texts: 10, tokens: 50)
        #expect(measurement.textsPerSecond == 5 && measurement.tokensPerSecond == 25)
    }

    @Test(arguments: [1, 2, 3] as [UInt64]) func arrivalsAreAPoissonProcess(_ seed: UInt64) {
        var arrivals = Arrivals(jobsPerSecond: 50, seed: seed)
        var gaps: [Double] = []
        for _ in 0..<20_000 {
            let before = arrivals.next
            arrivals.advance()
            gaps.append((arrivals.next - before) / .seconds(1))
        }
        let mean = gaps.reduce(0, +) / Double(gaps.count)
        let variance = gaps.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(gaps.count)
        // Mean and standard deviation of exponential gaps are equal; 3 % is four standard errors.
        #expect(abs(mean * 50 - 1) < 0.03, "seed \(seed)")
        #expect(abs(variance.squareRoot() * 50 - 1) < 0.06, "seed \(seed)")
    }

    @Test func textsHaveTheLengthsAskedFor() {
        var mix = TextMix(words: 3...5, seed: 7)
        let counts = (0..<500).map { _ in mix.text().bytes.split(separator: UInt8(ascii: " ")).count }
        #expect(Set(counts) == [3, 4, 5])
        var again = TextMix(words: 3...5, seed: 7)
        var other = TextMix(words: 3...5, seed: 8)
        let first = again.text()
        #expect(first != other.text())
    }

    @Test(arguments: [("5", 5...5), ("2-9", 2...9)] as [(String, ClosedRange<Int>)])
    func rangesOfWordsAreRead(_ text: String, _ range: ClosedRange<Int>) {
        #expect(WordRange(argument: text)?.range == range)
    }

    @Test(arguments: ["", "-", "0", "9-3", "a", "1-2-3", "5-", "1-99999999999999999999"])
    func whatIsNoRangeIsRefused(_ text: String) {
        #expect(WordRange(argument: text) == nil)
    }
}
