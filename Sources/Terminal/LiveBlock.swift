/// Lines on stderr that are drawn over themselves, at most ten times a second; silent where stderr is no terminal.
package struct LiveBlock {
    private let isOn: Bool
    private var drawn: ContinuousClock.Instant?
    /// Lines that stand on the terminal.
    private var height = 0

    package init() {
        isOn = Screen.errorsAreOnTerminal
    }

    /// - Parameter lines: what is to stand there, given the columns of the terminal
    package mutating func show(_ lines: (_ width: Int) -> [String]) {
        let now = ContinuousClock.now
        guard isOn, drawn.map({ now - $0 >= .milliseconds(100) }) ?? true else { return }
        drawn = now
        let width = Screen.width
        let lines = lines(width).map { $0.fitted(to: width - 1) }
        Screen.writeToErrors(Self.frame(over: height, lines))
        height = lines.count
    }

    /// Wipes the lines, so that what is said next stands alone.
    package mutating func clear() {
        guard height > 0 else { return }
        Screen.writeToErrors(Self.frame(over: height, []))
        height = 0
        drawn = nil
    }

    /// What draws `lines` where `height` lines stood, with the cursor in the last of them.
    package static func frame(over height: Int, _ lines: [String]) -> String {
        let up = height > 1 ? "\u{1B}[\(height - 1)A" : ""
        return "\r\(up)\u{1B}[J" + lines.joined(separator: "\n")
    }
}
