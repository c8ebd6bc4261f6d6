/// Draws a progress bar over itself on stderr, at most ten times a second; silent where stderr is no terminal.
package struct ProgressLine {
    private let bar: ProgressBar
    private let started = ContinuousClock.now
    private var block = LiveBlock()

    package init(_ bar: ProgressBar) {
        self.bar = bar
    }

    package mutating func show(done: Int, fraction: Double?) {
        let (bar, elapsed) = (bar, ContinuousClock.now - started)
        block.show { width in [bar.line(done: done, fraction: fraction, elapsed: elapsed, width: width)] }
    }

    /// Wipes the line, so that what is said next stands alone.
    package mutating func clear() { block.clear() }
}
