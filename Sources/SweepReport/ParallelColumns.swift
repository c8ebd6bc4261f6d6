/// Axes that stand side by side, names and labels to the right of each.
struct ParallelColumns {
    private let standing: Standing
    private let headers: [AxisHeader]
    private let lines: [ParallelLine]
    /// In percent: from axis to axis, and what is left to the right of the last has the rest.
    private let distance: Double
    /// The lines of each name.
    private let names: [[String]]
    private let top: Double

    /// The chart is hidden in windows in which it would be narrower.
    private static let leastWidth = 700.0
    private static let plotHeight = 240.0
    private static let lineHeight = 15.0

    init(standing: Standing, headers: [AxisHeader], lines: [ParallelLine]) {
        self.standing = standing
        self.headers = headers
        self.lines = lines
        let distance = 87 / Double(max(1, headers.count - 1))
        let names = headers.enumerated().map { column, header in
            let room = Self.room(isLast: column == headers.count - 1, distance)
            return Label.wrapped(header.name, to: room, lines: 3, size: 12)
        }
        self.distance = distance
        self.names = names
        top = Self.lineHeight * Double(names.map(\.count).max() ?? 1) + 28
    }

    var chart: Chart {
        let height = none + 14
        return Chart(
            height: height, label: "Parallel coordinates",
            content: """
                \(headers.indices.map(axis).joined())
                \(Chart.lines(height: height, lines.map(line).joined()))
                \(headers.indices.map(labels).joined())
                \(lines.filter { standing.isBest($0.trial) }.map(dots).joined())
                """)
    }

    private var bottom: Double { top + Self.plotHeight }
    /// Where lines run that have no value.
    private var none: Double { headers.contains(where: \.hasGaps) ? bottom + 26 : bottom }

    private func x(_ column: Int) -> Double { 0.6 + distance * Double(column) }

    /// For the texts of an axis, in the narrowest chart.
    private static func room(isLast: Bool, _ distance: Double) -> Double {
        (isLast ? 12 : distance) / 100 * leastWidth - 12
    }

    private func y(_ place: Double?) -> Double { place.map { bottom - Self.plotHeight * $0 } ?? none }

    private func axis(_ column: Int) -> Markup {
        let (header, x) = (headers[column], x(column))
        let name = names[column]
        // Names stand on the line above the kind of the axis.
        let first = top - 24 - Self.lineHeight * Double(name.count - 1)
        let texts = name.enumerated().map { index, part -> Markup in
            "<text class=\"name\" x=\"\(x)%\" y=\"\(first + Self.lineHeight * Double(index))\">\(text: part)</text>"
        }
        return """
            <g><title>\(text: header.name)</title>\(texts.joined(""))</g>
            <text class="kind" x="\(x)%" y="\(top - 10)">\(text: header.kind)</text>
            <line class="axis" x1="\(x)%" x2="\(x)%" y1="\(top)" y2="\(bottom)"/>
            """
    }

    private func labels(_ column: Int) -> Markup {
        let (header, x) = (headers[column], x(column))
        // From the top down, so that what is left out is not the last.
        let ticks = header.ticks.sorted { $0.place > $1.place }
        let kept = Label.spaced(ticks.map { y($0.place) - 6...y($0.place) + 6 }, gap: 3).map { ticks[$0] }
        let room = Self.room(isLast: column == headers.count - 1, distance)
        let texts = kept.map { place, label -> Markup in
            """
            <text class="halo" x="\(x)%" y="\(y(place) + 4)" dx="6"><title>\(text: label)</title>\
            \(text: Label.fitted(label, to: room))</text>
            """
        }
        guard header.hasGaps else { return texts.joined("") }
        return "\(texts.joined(""))<text class=\"halo\" x=\"\(x)%\" y=\"\(none + 4)\" dx=\"6\">none</text>"
    }

    private func line(_ line: ParallelLine) -> Markup {
        standing.mark(
            line.trial, Chart.line(line.places.enumerated().map { Chart.point(x: x($0.offset), y: y($0.element)) }))
    }

    private func dots(_ line: ParallelLine) -> Markup {
        line.places.enumerated().map { Chart.dot(x: x($0.offset), y: y($0.element), line.trial) }.joined("")
    }
}
