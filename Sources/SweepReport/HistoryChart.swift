import Sweep

/// The scores in the order of the trials, and the best of those finished so far.
struct HistoryChart {
    private let standing: Standing
    private let scale: ScoreScale?

    private static let (top, plotHeight) = (26.0, 200.0)

    init(_ standing: Standing) {
        self.standing = standing
        scale = ScoreScale(standing.trials.compactMap(\.drawnScore), direction: standing.study.direction)
    }

    var panel: Panel {
        guard let scale else {
            return Panel(id: "history", title: "History", body: Panel.nothing("No trial has a score."))
        }
        let stopped = standing.trials.contains { $0.state != .finished && $0.drawnScore != nil }
        let remark = stopped ? " A trial that was stopped is shown with its last score." : ""
        return Panel(
            id: "history", title: "History", body: chart(scale).markup,
            note: """
                \(text: standing.study.metric) by trial; the line is the best so far of those that finished.\
                \(text: remark)\(text: scale.remark)
                """)
    }

    private var bottom: Double { Self.top + Self.plotHeight }
    /// Beneath the plot the name of the best has its room where lower is better.
    private var below: Double { standing.study.direction == .minimize ? bottom + 16 : bottom }
    private var hasShelf: Bool { standing.trials.contains { $0.drawnScore == nil } }
    private var shelf: Double { below + 18 }
    private var axis: Double { hasShelf ? shelf + 28 : below + 20 }

    private func chart(_ scale: ScoreScale) -> Chart {
        let ticks = scale.ticks(atMost: 6).map { (y: y($0.score, scale), label: $0.label) }
        let numbers = standing.trials.map { Double($0.number) }
        let labels = Ticks.linear(in: (numbers.first ?? 0)...(numbers.last ?? 0), atMost: 8, leastStep: 1)
        let height = axis + 8
        return Chart(
            height: height, label: "Scores by trial",
            scale: ticks + (hasShelf ? [(shelf, "no score")] : []),
            content: """
                \(ticks.map { Chart.gridLine(y: $0.y) }.joined(""))
                \(hasShelf ? Chart.gridLine(y: shelf) : "")
                \(Chart.lines(height: height, bestSoFar(scale)))
                \(standing.trials.filter { !standing.isBest($0) }.map { mark($0, scale) }.joined())
                \(standing.best.map { nameOfBest($0, scale) }.orNothing)
                \(Chart.labels(labels.map { (x($0), Numeral.short($0)) }, y: axis))
                """)
    }

    private func mark(_ trial: ReportTrial, _ scale: ScoreScale) -> Markup {
        let height = trial.drawnScore.map { y($0, scale) } ?? shelf
        return standing.mark(trial, Glyph.at(x: x(Double(trial.number)), y: height, standing.glyph(trial)))
    }

    /// Its mark with its score, on the side on which nothing is better.
    private func nameOfBest(_ trial: ReportTrial, _ scale: ScoreScale) -> Markup {
        guard let score = trial.drawnScore else { return mark(trial, scale) }
        let (x, y) = (x(Double(trial.number)), y(score, scale))
        let anchor = x < 30 ? "start" : x > 70 ? "end" : "middle"
        let height = standing.study.direction == .maximize ? y - 12 : y + 20
        return """
            \(mark(trial, scale))
            <text class="name best" x="\(x)%" y="\(height)" text-anchor="\(text: anchor)">\
            trial \(trial.number): \(text: Numeral.score(score))</text>
            """
    }

    private func bestSoFar(_ scale: ScoreScale) -> Markup {
        var points: [Markup] = []
        var best: Double?
        for trial in standing.trials where trial.state == .finished {
            guard let score = trial.drawnScore else { continue }
            let place = x(Double(trial.number))
            if let best, !standing.study.direction.prefers(score, to: best) { continue }
            if let best { points.append(Chart.point(x: place, y: y(best, scale))) }
            points.append(Chart.point(x: place, y: y(score, scale)))
            best = score
        }
        guard let best else { return "" }
        points.append(Chart.point(x: 100, y: y(best, scale)))
        return "<polyline class=\"record\" points=\"\(points.joined(" "))\"/>"
    }

    /// In percent, with room for a mark at both ends.
    private func x(_ number: Double) -> Double {
        let first = Double(standing.trials[0].number)
        let last = Double(standing.trials[standing.trials.count - 1].number)
        return last > first ? 2 + 96 * (number - first) / (last - first) : 50
    }

    private func y(_ score: Double, _ scale: ScoreScale) -> Double {
        Self.top + Self.plotHeight * (1 - scale.place(score))
    }
}
