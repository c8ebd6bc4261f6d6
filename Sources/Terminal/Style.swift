/// Emphasis by terminal escape sequences, or none.
package struct Style: Sendable, Equatable {
    package let isColored: Bool

    /// No escape sequences at all.
    package static let plain = Style(isColored: false)

    package init(isColored: Bool) {
        self.isColored = isColored
    }

    /// Colours only where a terminal shows them and nobody has asked for none (no-color.org).
    package init(isTerminal: Bool, environment: [String: String]) {
        let refused = environment["NO_COLOR"].map { !$0.isEmpty } ?? false
        isColored = isTerminal && !refused && environment["TERM"] != "dumb"
    }

    package func bold(_ text: String) -> String { wrap(text, "1") }

    private func wrap(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
