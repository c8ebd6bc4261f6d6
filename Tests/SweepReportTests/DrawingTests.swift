import Sweep
import TestSupport
import Testing

@testable import SweepReport

/// The parts of which charts are made.
@Suite struct DrawingTests {
    @Test(
        arguments: [
            (0, "0"), (1, "1"), (512, "512"), (0.06, "0.06"), (0.1234567, "0.1235"), (12.345678, "12.35"),
            (3.1622e-5, "3.162e-5"), (1e-5, "1e-5"), (9.99999e-5, "1e-4"), (0.001, "0.001"), (0.0009999999, "0.001"),
            (123_456, "123456"), (1_234_567, "1.235e+6"), (-0.25, "-0.25"), (-1e-7, "-1e-7"), (.infinity, "∞"),
            (.nan, "-"), (.leastNonzeroMagnitude, "0"), (.greatestFiniteMagnitude, "1.798e+308"), (-0.0, "0"),
        ] as [(Double, String)])
    func numbersAreShort(_ value: Double, _ text: String) {
        #expect(Numeral.short(value) == text)
    }

    @Test(
        arguments: [
            (0.87423, "0.8742"), (0.5, "0.5000"), (91.25, "91.250"), (0, "0"), (-0.01234, "-0.0123"),
            (810_000, "810000"),
            (0.00004, "4e-5"), (9.99996, "10.0000"),
        ] as [(Double, String)])
    func scoresHaveDigitsThatTellNeighboursApart(_ value: Double, _ text: String) {
        #expect(Numeral.score(value) == text)
    }

    @Test func labelsOfOneAxisHaveEquallyManyDigits() {
        #expect(Numeral.even([0.78, 0.8, 0.82]) == ["0.78", "0.80", "0.82"])
        #expect(Numeral.even([0, 5, 10]) == ["0", "5", "10"])
        #expect(Numeral.even([0, 2e-5]) == ["0", "2e-5"])
    }

    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_796_000_000, "2026-11-30T00:53:20Z"),
            (4_107_542_399, "2100-02-28T23:59:59Z"), (4_107_542_400, "2100-03-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
        ] as [(Int, String)])
    func momentsAreDatesOfTheCalendar(_ seconds: Int, _ text: String) {
        #expect(Moment(.seconds(seconds)).standard == text)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func ticksAreFewRoundAndInside(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<300 {
            let scales: [Double] = [1e-9, 1e-3, 1, 1e4, 1e12]
            let scale = scales.randomElement(using: &random) ?? 1
            let low = Double.random(in: -scale...scale, using: &random)
            let high = low + Double.random(in: 0...2, using: &random) * scale
            let ticks = Ticks.linear(in: low...high, atMost: 6)
            #expect(ticks.count <= 6, "seed \(seed): \(low) to \(high): \(ticks)")
            #expect(ticks == ticks.sorted())
            let rim = 1e-6 * (high - low)
            #expect(
                ticks.allSatisfy { $0 >= low - rim && $0 <= high + rim }, "seed \(seed): \(low) to \(high): \(ticks)")
        }
    }

    @Test func logarithmsAreLabelledByPowersOfTen() {
        func labels(_ span: ClosedRange<Double>) -> [String] {
            Ticks.logarithmic(in: span, atMost: 7).map(Numeral.short)
        }
        #expect(labels(1e-5...1e-3) == ["1e-5", "2e-5", "5e-5", "1e-4", "2e-4", "5e-4", "0.001"])
        #expect(labels(1e-6...1e-1) == ["1e-6", "1e-5", "1e-4", "0.001", "0.01", "0.1"])
        #expect(labels(2e-5...5e-5) == ["2e-5", "5e-5"])
        #expect(labels(3e-5...4e-5).count > 1)
        #expect(labels(1e-30...1e30).count <= 7)
    }

    @Test func whatIsKeptOfLabelsNeverTouches() {
        var random = Seeded(2)
        for _ in 0..<200 {
            let starts = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                Double.random(in: 0...300, using: &random)
            }
            let extents = starts.sorted().map { $0...$0 + Double.random(in: 1...60, using: &random) }
            let kept = Label.spaced(extents, gap: 4).map { extents[$0] }
            #expect(kept.first == extents.first)
            #expect(zip(kept, kept.dropFirst()).allSatisfy { $0.upperBound + 4 <= $1.lowerBound })
        }
    }

    @Test(arguments: [
        "learning_rate", "sentence-transformers/all-MiniLM-L6-v2", "学習率の設定値", "WWWWWWWWWWWWWWWW", "", "a b c d",
    ])
    func wrappedLinesFitAndLoseNothingThatHasRoom(_ text: String) {
        for room in [40.0, 80, 400] {
            let lines = Label.wrapped(text, to: room, lines: 3)
            #expect(lines.count <= 3)
            #expect(lines.allSatisfy { Label.width($0) <= room }, "\(lines) in \(room)")
            if !lines.joined().contains("…") {
                #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
            }
        }
    }

    @Test func anAxisIsLogarithmicWhereTheDistributionIs() throws {
        let axis = try #require(Axis(Parameter("lr", .logUniform(1e-5...1e-3, step: nil)), values: []))
        #expect(axis.isLogarithmic)
        #expect(abs((axis.place(.number(1e-4)) ?? 0) - 0.5) < 1e-12)
        #expect(axis.place(.text("fast")) == nil)
    }

    @Test func anAxisHoldsWhatTrialsHadOutsideTheDistribution() throws {
        let axis = try #require(Axis(Parameter("epochs", .integerUniform(1...3)), values: [.integer(7)]))
        #expect(axis.place(.integer(7)) == 1 && axis.place(.integer(1)) == 0)
        let levels = try #require(
            Axis(
                Parameter("batch", .categorical([.integer(8)], probabilities: nil)), values: [.number(8), .integer(64)])
        )
        #expect(levels.place(.number(8)) == 0 && levels.place(.integer(64)) == 1)
    }

    @Test func whatDoesNotVaryHasNoAxis() {
        #expect(Axis(Parameter("a", .constant(.integer(1))), values: [.integer(1)]) == nil)
        #expect(Axis(Parameter("b", .categorical([.flag(true)], probabilities: nil)), values: [.flag(true)]) == nil)
        #expect(Axis(Parameter("c", .uniform(1...1, step: nil)), values: [.number(1)]) == nil)
        #expect(Axis(Parameter("d", .normal(mean: 0, deviation: 1, step: nil)), values: []) == nil)
    }

    @Test func wholeNumbersHaveEqualShares() throws {
        let values = (1...3).map(ParameterValue.integer)
        let axis = try #require(Axis(Parameter("epochs", .integerUniform(1...3)), values: values))
        let cells = axis.cells(values)
        #expect(cells.weights.allSatisfy { abs($0 - 1.0 / 3) < 1e-12 }, "\(cells.weights)")
        #expect(values.map(cells.cell) == [0, 1, 2])
    }

    @Test(arguments: [Direction.maximize, .minimize])
    func oneThatDivergedDoesNotFlattenTheOthers(_ direction: Direction) throws {
        let sign = direction == .maximize ? -1.0 : 1.0
        let scores = (1...20).map { sign * Double($0) } + [sign * 1e6]
        let scale = try #require(ScoreScale(scores, direction: direction))
        #expect(scale.outside == 1)
        #expect(scale.span.upperBound - scale.span.lowerBound < 25)
        // The better side is never cut: what stands out there is the best.
        let other = try #require(ScoreScale(scores, direction: direction == .maximize ? .minimize : .maximize))
        #expect(other.outside == 0)
        #expect(ScoreScale([], direction: direction) == nil)
    }
}
