import Sweep

/// The learning curves of all trials, each to where it ended.
struct CurveChart {
    private let standing: Standing
    private let curves: [(trial: ReportTrial, points: [ReportTrial.Measurement])]
    private let scale: ScoreScale?
    /// From the first epoch at which a trial was evaluated to the last.
    private let span: ClosedRange<Double>

    private static let (top, bottom) = (26.0, 226.0)

    init(_ standing: Standing) {
        self.standing = standing
        curves = standing.drawn.map { ($0, $0.drawnCurve) }.filter { !$0.1.isEmpty }
        scale = ScoreScale(curves.flatMap(\.points).map(\.value), direction: standing.study.direction)
        let epochs = curves.flatMap { $0.points.map(\.epoch) }
        let (first, last) = (epochs.min() ?? 0, epochs.max() ?? 0)
        span = first < last ? first...last : first - 0.5...first + 0.5
    }

    var panel: Panel {
        guard let scale else {
            return Panel(id: "curves", title: "Learning curves", body: Panel.nothing("No trial has been evaluated."))
        }
        let rungs = standing.study.rungs.isEmpty ? "" : " Dotted: the rungs at which trials are compared."
        return Panel(
            id: "curves", title: "Learning curves", body: chart(scale).markup,
            note: """
                \(text: standing.study.metric) by epoch; each ends in the mark of its trial's state.\
                \(text: rungs)\(text: scale.remark)
                """)
    }

    private func chart(_ scale: ScoreScale) -> Chart {
        let ticks = scale.ticks(atMost: 6).map { (y: y($0.score, scale), label: $0.label) }
        let epochs = Ticks.linear(in: span, atMost: 7).filter { $0 >= 0 }
        return Chart(
            height: Self.bottom + 28, label: "Learning curves",
            scale: ticks,
            content: """
                \(ticks.map { Chart.gridLine(y: $0.y) }.joined(""))
                \(rungs)
                \(Chart.lines(height: Self.bottom + 28, curves.map { line($0.trial, $0.points, scale) }.joined()))
                \(curves.map { end($0.trial, $0.points, scale) }.joined())
                \(Chart.labels(zip(epochs, Numeral.even(epochs)).map { (x($0), $1) }, y: Self.bottom + 20))
                """)
    }

    private var rungs: Markup {
        standing.study.rungs.filter(span.contains)
            .map { Chart.guide(x: x($0), from: Self.top, to: Self.bottom) }.joined("")
    }

    private func line(_ trial: ReportTrial, _ points: [ReportTrial.Measurement], _ scale: ScoreScale) -> Markup {
        guard points.count > 1 else { return "" }
        return standing.mark(trial, Chart.line(points.map { Chart.point(x: x($0.epoch), y: y($0.value, scale)) }))
    }

    private func end(_ trial: ReportTrial, _ points: [ReportTrial.Measurement], _ scale: ScoreScale) -> Markup {
        let last = points[points.count - 1]
        let glyph = Glyph.at(x: x(last.epoch), y: y(last.value, scale), standing.glyph(trial))
        guard points.count > 1 else { return standing.mark(trial, glyph) }
        // The line leads to the trial already; its end is no second stop for the keyboard.
        return "<g class=\"end\" data-t=\"\(trial.number)\">\(glyph)</g>"
    }

    private func x(_ epoch: Double) -> Double {
        1 + 97 * (epoch - span.lowerBound) / (span.upperBound - span.lowerBound)
    }

    private func y(_ value: Double, _ scale: ScoreScale) -> Double {
        Self.bottom - (Self.bottom - Self.top) * scale.place(value)
    }
}
