/// What a curve can be drawn with: dots within a character cell, or whole characters.
package enum Canvas: Sendable, Equatable {
    /// Two columns of four dots in each cell (Unicode's braille patterns).
    case braille
    case plain

    /// Braille where the locale is UTF-8 and the terminal is known to have more than the letters of a console.
    package init(environment: [String: String]) {
        let locale =
            ["LC_ALL", "LC_CTYPE", "LANG"].lazy
            .compactMap { environment[$0].flatMap { $0.isEmpty ? nil : $0 } }.first?.lowercased() ?? ""
        let isUnicode = locale.hasSuffix("utf-8") || locale.hasSuffix("utf8")
        self = isUnicode && !["dumb", "linux"].contains(environment["TERM"]) ? .braille : .plain
    }

    /// Dots side by side in a cell.
    var columns: Int { self == .braille ? 2 : 1 }
    /// Dots above one another in a cell.
    var rows: Int { self == .braille ? 4 : 1 }

    /// A dot in each column at its row, and a line down or up to it from the column before.
    ///
    /// - Parameter heights: the row of each column of dots, 0 at the top; `[width × columns]`
    /// - Returns: `height` lines of at most `width` cells, without spaces at their ends
    func draw(_ heights: [Int], width: Int, height: Int) -> [String] {
        var dots = [UInt8](repeating: 0, count: width * height)
        for (column, row) in heights.enumerated() {
            let before = column > 0 ? heights[column - 1] : row
            let start = before < row ? before + 1 : before > row ? before - 1 : row
            for row in min(start, row)...max(start, row) {
                dots[row / rows * width + column / columns] |= bit(column % columns, row % rows)
            }
        }
        return (0..<height).map { line in
            var text = String(dots[line * width..<(line + 1) * width].map(character))
            while text.last == " " { text.removeLast() }
            return text
        }
    }

    /// Dots 1 to 8 of a braille cell go down its left column, then its right one; the fourth row came later.
    private func bit(_ column: Int, _ row: Int) -> UInt8 {
        row < 3 ? 1 << UInt8(column * 3 + row) : 1 << UInt8(6 + column)
    }

    private func character(_ bits: UInt8) -> Character {
        guard bits != 0 else { return " " }
        return self == .plain ? "*" : Character(Unicode.Scalar(0x2800 + UInt32(bits)) ?? " ")
    }
}
