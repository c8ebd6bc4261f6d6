import Sweep

/// Each trial as a line through its parameters and its score (Inselberg 1985).
///
/// Axes stand side by side where the page is wide and they are few; else they lie one under another, so that any number
/// of them and any name has its room. The page holds both, and shows what fits the window.
struct ParallelCoordinates {
    private let standing: Standing
    private let axes: [Axis]
    private let scale: ScoreScale?

    /// With more, side by side, names and lines are too close.
    private static let mostColumns = 9

    init(_ standing: Standing, axes: [Axis]) {
        self.standing = standing
        self.axes = axes
        scale = ScoreScale(standing.trials.compactMap(\.drawnScore), direction: standing.study.direction)
    }

    var panel: Panel {
        guard !axes.isEmpty, !standing.trials.isEmpty else {
            return Panel(
                id: "parallel", title: "Parameters and score", isWide: true,
                body: Panel.nothing("No trial differs from another in a parameter."))
        }
        let lines = lines
        let headers = headers(of: lines)
        let wide =
            headers.count > Self.mostColumns
            ? ParallelRows(standing: standing, headers: headers, lines: lines, width: ParallelRows.widest).chart
            : ParallelColumns(standing: standing, headers: headers, lines: lines).chart
        let narrow = ParallelRows(standing: standing, headers: headers, lines: lines, width: Chart.leastWidth).chart
        let body: Markup = """
            <div class="broad\(headers.count > Self.mostColumns ? " rows" : "")">\(wide.markup)</div>
            <div class="narrow">\(narrow.markup)</div>
            """
        return Panel(
            id: "parallel", title: "Parameters and score", isWide: true, body: body,
            note: note(hasGaps: headers.contains(where: \.hasGaps)))
    }

    private func note(hasGaps: Bool) -> Markup {
        let best: Markup = standing.best.map { "The thick one is trial \($0.number), the best. " }.orNothing
        return """
            A line is a trial, the stronger the better its score. \(best)\
            \(hasGaps ? "Where it runs to “none” it has no value. " : "")\(text: scale?.remark ?? "")
            """
    }

    /// What stands at each axis; the score is the last.
    private func headers(of lines: [ParallelLine]) -> [AxisHeader] {
        func hasGaps(_ column: Int) -> Bool { lines.contains { $0.places[column] == nil } }
        let ticks = scale.map { scale in scale.ticks(atMost: 7).map { (scale.place($0.score), $0.label) } }
        let score = AxisHeader(
            name: standing.study.metric,
            kind: standing.study.direction == .maximize ? "higher is better" : "lower is better",
            ticks: ticks ?? [], hasGaps: hasGaps(axes.count))
        return axes.enumerated().map { column, axis in
            AxisHeader(
                name: axis.name, kind: axis.isLogarithmic ? "logarithmic" : "", ticks: axis.ticks(atMost: 7),
                hasGaps: hasGaps(column))
        } + [score]
    }

    private var lines: [ParallelLine] {
        standing.drawn.map { trial in
            let places = axes.map { axis in trial.settings[axis.name].flatMap(axis.place) }
            let score = trial.drawnScore.flatMap { score in scale?.place(score) }
            return ParallelLine(trial: trial, places: places + [score])
        }
    }
}

/// What stands at an axis.
struct AxisHeader {
    let name: String
    let kind: String
    let ticks: [(place: Double, label: String)]
    /// Whether a trial has no place on it.
    let hasGaps: Bool
}

/// A trial's places on the axes, nil where it has none.
struct ParallelLine {
    let trial: ReportTrial
    let places: [Double?]
}
