/// A drawing as wide as the page lets it be: heights are pixels and widths shares, so that text keeps its size on every
/// screen and nothing needs a script.
///
///     ┌ scale ┬ plot ───────────────────────────┐
///     │  0.88 │ marks and texts: x in percent    │
///     │  0.86 │ lines: x in thousandths, stretched│
///     └───────┴───────────────────────────────────┘
struct Chart {
    /// Pixels that a plot has at least: a window of 400, less the margins of the page and the scale.
    static let leastWidth = 300.0

    let height: Double
    /// What it shows, for those who do not see it.
    let label: String
    /// Labels on the left, each with its height, in any order.
    var scale: [(y: Double, label: String)] = []
    var content: Markup

    var markup: Markup {
        """
        <div class="chart">\(scaleMarkup)<svg class="plot" height="\(height)" role="group" aria-label="\(text: label)">
        \(content)
        </svg></div>
        """
    }

    private var scaleMarkup: Markup {
        guard !scale.isEmpty else { return "" }
        let width = (scale.map { Label.width($0.label) }.max() ?? 0) + 10
        let texts = scale.map { y, label -> Markup in
            "<text x=\"\(width - 8)\" y=\"\(y + 4)\" text-anchor=\"end\">\(text: label)</text>"
        }
        return """
            <svg class="scale" width="\(width)" height="\(height)" aria-hidden="true">\(texts.joined(""))</svg>
            """
    }

    /// Lines whose points were written by `point`, stretched to the width of the plot; their strokes stay as they are.
    static func lines(height: Double, _ content: Markup) -> Markup {
        """
        <svg class="lines" width="100%" height="\(height)" viewBox="0 0 1000 \(height)" preserveAspectRatio="none">
        \(content)
        </svg>
        """
    }

    /// - Parameter x: in percent
    static func point(x: Double, y: Double) -> Markup { "\(10 * x),\(y)" }

    /// A line that is seen, and a wider one that is not, for the pointer.
    static func line(_ points: [Markup]) -> Markup {
        let points = points.joined(" ")
        return "<polyline class=\"hit\" points=\"\(points)\"/><polyline class=\"line\" points=\"\(points)\"/>"
    }

    /// A point of the best, which must not be lost among lines.
    static func dot(x: Double, y: Double, _ trial: ReportTrial) -> Markup {
        "<circle class=\"dot best\" data-t=\"\(trial.number)\" cx=\"\(x)%\" cy=\"\(y)\" r=\"3.5\"/>"
    }

    static func gridLine(y: Double) -> Markup {
        "<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"\(y)\" y2=\"\(y)\"/>"
    }

    static func guide(x: Double, from top: Double, to bottom: Double) -> Markup {
        "<line class=\"guide\" x1=\"\(x)%\" x2=\"\(x)%\" y1=\"\(top)\" y2=\"\(bottom)\"/>"
    }

    /// Labels beneath a plot, those left out that would touch their neighbours in the narrowest window.
    ///
    /// - Parameters:
    ///   - ticks: x in percent, ascending
    ///   - width: pixels that the plot has at least
    static func labels(_ ticks: [(x: Double, label: String)], y: Double, width: Double = leastWidth) -> Markup {
        let extents = ticks.map { extent(of: $0.label, at: $0.x, width: width) }
        return Label.spaced(extents, gap: 8).map { index -> Markup in
            let (x, label) = ticks[index]
            let anchor = anchor(label, at: x, width: width)
            return
                "<text x=\"\(x)%\" y=\"\(y)\" text-anchor=\"\(text: anchor)\">\(text: label)</text>"
        }.joined("")
    }

    /// A text that would reach past an end of the plot stays inside it.
    private static func anchor(_ label: String, at x: Double, width: Double) -> String {
        let (left, right) = (x / 100 * width, (100 - x) / 100 * width)
        let half = Label.width(label) / 2 - 4
        return left < half ? "start" : right < half ? "end" : "middle"
    }

    /// In pixels of the narrowest plot.
    private static func extent(of label: String, at x: Double, width: Double) -> ClosedRange<Double> {
        let (place, length) = (x / 100 * width, Label.width(label))
        switch anchor(label, at: x, width: width) {
        case "start": return place...place + length
        case "end": return place - length...place
        default: return place - length / 2...place + length / 2
        }
    }
}

/// A part of the page with its title, its drawing and the sentences that one needs to read it.
struct Panel {
    let id: String
    let title: String
    var isWide = false
    let body: Markup
    var note: Markup = ""

    var markup: Markup {
        """
        <section class="panel\(isWide ? " wide" : "")" id="\(text: id)" aria-labelledby="\(text: id)-title">
        <h2 id="\(text: id)-title">\(text: title)</h2>
        \(body)
        \(note.text.isEmpty ? "" : "<p class=\"note\">\(note)</p>")
        </section>
        """
    }

    /// What stands in place of a chart that has nothing to show.
    static func nothing(_ sentence: Markup) -> Markup { "<p class=\"nothing\">\(sentence)</p>" }
}
