import Terminal
import Testing

struct TableTests {
    @Test func columnsAreAsWideAsTheirWidestCell() {
        var table = Table([.init("JOB"), .init("ROWS", .trailing), .init("STATE")])
        table.append(["a-1", "12 800", "running"])
        table.append(["another-job", "5", "queued"])
        #expect(
            table.render(.plain) == """
                JOB            ROWS  STATE
                a-1          12 800  running
                another-job       5  queued

                """)
    }

    @Test func headingsAloneAreATable() {
        #expect(Table([.init("A"), .init("B")]).render(.plain) == "A  B\n")
    }

    @Test func headingsAreBoldOnlyInColor() {
        let table = Table([.init("A")])
        #expect(table.render(Style(isColored: true)) == "\u{1B}[1mA\u{1B}[0m\n")
    }

    @Test func longCellsAreCut() {
        var table = Table([.init("T", maximumWidth: 5)])
        table.append(["abcdefgh"])
        #expect(table.render(.plain) == "T\nabcd…\n")
    }

    @Test func wideCharactersCountTwice() {
        #expect("日本".displayWidth == 4)
        #expect("e\u{301}".displayWidth == 1)
        #expect("日本語".fitted(to: 5) == "日本…")
        #expect("abc".fitted(to: 0) == "")
    }

    @Test(arguments: ["a\u{1B}[2Jb", "a\nb", "a\r\nb", "a\tb", "a\u{9B}b"])
    func textCannotMoveTheCursor(_ text: String) {
        let fitted = text.fitted(to: 40)
        #expect(fitted.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        #expect(fitted.first == "a" && fitted.last == "b")
    }

    @Test func colorsAreOffWithoutATerminalOrWhenRefused() {
        #expect(Style(isTerminal: true, environment: [:]).isColored)
        #expect(!Style(isTerminal: false, environment: [:]).isColored)
        #expect(!Style(isTerminal: true, environment: ["NO_COLOR": "1"]).isColored)
        #expect(Style(isTerminal: true, environment: ["NO_COLOR": ""]).isColored)
        #expect(!Style(isTerminal: true, environment: ["TERM": "dumb"]).isColored)
        #expect(Style.plain.bold("x") == "x")
    }
}
