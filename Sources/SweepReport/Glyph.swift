/// The shapes of the trials' states: told apart without colour.
enum Glyph {
    /// The shapes, to be drawn once on a page before they are used.
    static let definitions: Markup = {
        let paths = shapes.map { name, path -> Markup in "<path id=\"g-\(text: name)\" d=\"\(text: path)\"/>" }
        return """
            <svg class="shapes" width="0" height="0" aria-hidden="true" focusable="false"><defs>
            \(paths.joined())
            </defs></svg>
            """
    }()

    /// - Parameters:
    ///   - x: in percent of the chart's width
    ///   - y: in pixels
    static func at(x: Double, y: Double, _ name: String) -> Markup {
        "<use class=\"g \(text: name)\" href=\"#g-\(text: name)\" x=\"\(x)%\" y=\"\(y)\"/>"
    }

    /// A shape within a line of text.
    static func inline(_ name: String) -> Markup {
        """
        <svg class="key" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">\
        <use class="g \(text: name)" href="#g-\(text: name)"/></svg>
        """
    }

    private static let shapes: [(name: String, path: String)] = [
        ("finished", "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z"),
        ("pruned", "M0-4.6L4.6 0L0 4.6L-4.6 0z"),
        ("infeasible", "M-3.6-3.6L3.6 3.6M-3.6 3.6L3.6-3.6"),
        ("failed", "M-4.6-3.6H4.6L0 4.6z"),
        ("cancelled", "M-3.5-3.5h7v7h-7z"),
        ("running", "M-3.2-4.4L4.6 0L-3.2 4.4z"),
        (
            "best",
            "M0-7.5L1.76-2.43L7.13-2.32L2.85.93L4.41 6.07L0 3L-4.41 6.07L-2.85.93L-7.13-2.32L-1.76-2.43z"
        ),
    ]
}
