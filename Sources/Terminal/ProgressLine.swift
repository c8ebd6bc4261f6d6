import Glibc

/// Draws a progress bar over itself on stderr, at most ten times a second; silent where stderr is no terminal.
package struct ProgressLine {
    private let bar: ProgressBar
    private let started = ContinuousClock.now
    private var drawn: ContinuousClock.Instant?
    private let isOn: Bool

    package init(_ bar: ProgressBar) {
        self.bar = bar
        isOn = Screen.errorsAreOnTerminal
    }

    package mutating func show(done: Int, fraction: Double?) {
        let now = ContinuousClock.now
        guard isOn, drawn.map({ now - $0 >= .milliseconds(100) }) ?? true else { return }
        drawn = now
        let line = bar.line(done: done, fraction: fraction, elapsed: now - started, width: Screen.width)
        Screen.writeToErrors("\r\u{1B}[K" + line)
    }

    /// Wipes the line, so that what is said next stands alone.
    package mutating func clear() {
        guard drawn != nil else { return }
        drawn = nil
        Screen.writeToErrors("\r\u{1B}[K")
    }
}
