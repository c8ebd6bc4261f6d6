/// Axes that lie one under another, the name above each and its labels beneath.
struct ParallelRows {
    let standing: Standing
    let headers: [AxisHeader]
    let lines: [ParallelLine]
    /// Pixels that the chart has at least.
    let width: Double

    /// In a wide window it is made no wider than this, because flat lines are hard to follow.
    static let widest = 720.0

    private static let rowHeight = 74.0
    private static let top = 26.0

    var chart: Chart {
        let height = y(headers.count - 1) + 24
        return Chart(
            height: height, label: "Parallel coordinates",
            content: """
                \(headers.indices.map(axis).joined())
                \(Chart.lines(height: height, lines.map(line).joined()))
                \(headers.indices.map(texts).joined())
                \(lines.filter { standing.isBest($0.trial) }.map(dots).joined())
                """)
    }

    /// Values take the width but for its rim; at the right end lies what has none.
    private var reach: Double { headers.contains(where: \.hasGaps) ? 78 : 97 }

    private func x(_ place: Double?) -> Double { place.map { 1.5 + reach * $0 } ?? 97 }

    private func y(_ row: Int) -> Double { Self.top + Self.rowHeight * Double(row) }

    private func axis(_ row: Int) -> Markup {
        "<line class=\"axis\" x1=\"\(x(0))%\" x2=\"\(x(1))%\" y1=\"\(y(row))\" y2=\"\(y(row))\"/>"
    }

    private func texts(_ row: Int) -> Markup {
        let header = headers[row]
        let kind = header.kind.isEmpty ? "" : "  \(header.kind)"
        let name = Label.fitted(header.name, to: width - Label.width(kind) - 10, size: 12)
        return """
            <text class="halo" x="0" y="\(y(row) - 9)"><title>\(text: header.name)</title>\
            <tspan class="name">\(text: name)</tspan><tspan class="kind" dx="6">\(text: header.kind)</tspan></text>
            \(labels(row))
            """
    }

    private func labels(_ row: Int) -> Markup {
        let missing = headers[row].hasGaps ? [(x: 97.0, label: "none")] : []
        let ticks = headers[row].ticks
        // A category's name has room up to the next one's, and the outermost stand inside the ends of the axis; where
        // that is less than a word, some are left out.
        let distance = reach / 100 * width / Double(max(1, ticks.count - 1))
        let room = max(44, distance * (ticks.count > 2 ? 0.66 : 0.5) - 8)
        let shown = ticks.map { (x: x($0.place), label: Label.fitted($0.label, to: room)) } + missing
        return "<g class=\"halo\">\(Chart.labels(shown, y: y(row) + 16, width: width))</g>"
    }

    private func line(_ line: ParallelLine) -> Markup {
        standing.mark(
            line.trial, Chart.line(line.places.enumerated().map { Chart.point(x: x($0.element), y: y($0.offset)) }))
    }

    private func dots(_ line: ParallelLine) -> Markup {
        line.places.enumerated().map { Chart.dot(x: x($0.element), y: y($0.offset), line.trial) }.joined("")
    }
}
