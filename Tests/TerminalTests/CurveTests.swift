import Terminal
import Testing

struct CurveTests {
    private func line(_ values: [Double]) -> Curve {
        Curve(values.enumerated().map { .init(x: Double($0.offset + 1), y: $0.element) })
    }

    @Test func aFallIsDrawnFromTheUpperLeftToTheLowerRight() {
        #expect(
            line([4, 3, 2, 1]).lines(width: 20, height: 4, canvas: .plain) == [
                "4.00 **",
                "       ***",
                "          ***",
                "1.00         **",
                "     1        4",
            ])
    }

    @Test func brailleHasEightDotsInACell() {
        #expect(
            line((0..<16).map(Double.init)).lines(width: 20, height: 4, canvas: .braille) == [
                "15.0        ⢀⠤⠊",
                "          ⡠⠔⠁",
                "       ⢀⠤⠊",
                "   0 ⡠⠔⠁",
                "     1       16",
            ])
    }

    @Test(arguments: [Canvas.plain, .braille], [[5], [5, 5, 5]] as [[Double]])
    func whatDoesNotChangeIsALevelLine(_ canvas: Canvas, _ values: [Double]) {
        let lines = line(values).lines(width: 20, height: 3, canvas: canvas)
        #expect(lines.count == 4)
        #expect(lines[0] == "5.00 " && lines[1].count == 15 && lines[2] == "5.00 ")
    }

    @Test func noPointsNoRoomAndNoNumbersAreNoCurve() {
        #expect(Curve([]).lines(width: 80, height: 5, canvas: .braille).isEmpty)
        #expect(line([1, 2]).lines(width: 17, height: 5, canvas: .braille).isEmpty)
        #expect(line([1, 2]).lines(width: 80, height: 0, canvas: .braille).isEmpty)
        #expect(line([.nan, .infinity]).lines(width: 80, height: 5, canvas: .plain).isEmpty)
    }

    @Test func whatIsNotFiniteIsLeftOut() {
        let whole = Curve([.init(x: 1, y: 2), .init(x: 3, y: 1)])
        let holes = Curve([.init(x: 1, y: 2), .init(x: 2, y: .nan), .init(x: 3, y: 1)])
        let size = (width: 40, height: 4)
        #expect(
            holes.lines(width: size.width, height: size.height, canvas: .plain)
                == whole.lines(width: size.width, height: size.height, canvas: .plain))
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func noLineIsLongerThanTheTerminal(_ seed: UInt64) {
        var state = seed
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) / Double(1 << 53)
        }
        for canvas in [Canvas.plain, .braille] {
            for width in 1...60 {
                let scale = [1e-9, 1, 1e6, 1e98, .greatestFiniteMagnitude][Int(next() * 5)]
                let values = (0..<Int(next() * 200)).map { _ in (next() - 0.5) * 2 * scale }
                let lines = line(values).lines(width: width, height: 5, canvas: canvas)
                #expect(lines.allSatisfy { $0.displayWidth <= width }, "seed \(seed), width \(width)")
                #expect(lines.isEmpty || lines.count == 6, "seed \(seed)")
            }
        }
    }

    @Test(
        arguments: [
            (["LANG": "en_US.UTF-8"], Canvas.braille), (["LANG": "C.utf8", "TERM": "xterm"], .braille),
            (["LANG": "C"], .plain), ([:], .plain), (["LANG": "C.UTF-8", "LC_ALL": "C"], .plain),
            (["LANG": "C.UTF-8", "LC_ALL": ""], .braille), (["LANG": "C.UTF-8", "TERM": "dumb"], .plain),
            (["LANG": "C.UTF-8", "TERM": "linux"], .plain),
        ] as [([String: String], Canvas)])
    func brailleNeedsALocaleAndATerminalThatHaveIt(_ environment: [String: String], _ canvas: Canvas) {
        #expect(Canvas(environment: environment) == canvas)
    }

    @Test func aBlockIsDrawnOverTheLastOne() {
        #expect(LiveBlock.frame(over: 0, ["a", "b"]) == "\r\u{1B}[Ja\nb")
        #expect(LiveBlock.frame(over: 1, ["a"]) == "\r\u{1B}[Ja")
        #expect(LiveBlock.frame(over: 3, []) == "\r\u{1B}[2A\u{1B}[J")
    }
}
