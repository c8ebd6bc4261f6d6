import Sweep

/// Which parameters the score depends on.
struct ImportanceChart {
    private let comparable: ComparableScores
    private let axes: [Axis]
    private let analysis: FunctionalANOVA?
    private let leastTrials: Int
    private let usable: Int

    private static let rowHeight = 36.0

    init(_ standing: Standing, axes: [Axis]) {
        self.axes = axes
        comparable = ComparableScores(standing.trials)
        // A trial in which a parameter was not set has no place in the space.
        let complete = comparable.scores.filter { entry in
            axes.allSatisfy { entry.trial.settings[$0.name].flatMap($0.place) != nil }
        }
        usable = complete.count
        // With fewer than two or three trials a parameter, trees find an order in noise.
        leastTrials = max(10, 3 * axes.count)
        let scale = ScoreScale(complete.map(\.score), direction: standing.study.direction)
        guard complete.count >= leastTrials, let scale else {
            analysis = nil
            return
        }
        let cells = axes.map { axis in axis.cells(complete.compactMap { $0.trial.settings[axis.name] }) }
        analysis = FunctionalANOVA(
            zip(axes, cells).map { Dimension(name: $0.name, weights: $1.weights, isOrdered: $1.isOrdered) },
            points: complete.map { entry in
                zip(axes, cells).map { axis, cells in entry.trial.settings[axis.name].flatMap(cells.cell) ?? 0 }
            },
            scores: complete.map { scale.held($0.score) }, seed: 0)
    }

    var panel: Panel {
        Panel(id: "importance", title: "What matters", body: analysis.map(chart)?.markup ?? excuse, note: note)
    }

    private var excuse: Markup {
        if axes.isEmpty { return Panel.nothing("No parameter was varied.") }
        if usable < leastTrials {
            return Panel.nothing(
                """
                Too few trials to tell: \(usable == 0 ? "none" : "\(usable)") \(usable < 2 ? "has" : "have") a score \
                that can be compared, and \(leastTrials) are needed for \(axes.count) \
                \(axes.count == 1 ? "parameter" : "parameters").
                """)
        }
        return Panel.nothing("The scores do not differ.")
    }

    private var note: Markup {
        guard analysis != nil else { return "" }
        return """
            Share of the variance of the score over the search space that a parameter explains by itself, from \
            \(text: comparable.words); the thin line spans four trees in five. Functional ANOVA over 64 regression \
            trees (Hutter, Hoos and Leyton-Brown, 2014). It says where the score changes, not where it is good.
            """
    }

    private func chart(_ analysis: FunctionalANOVA) -> Chart {
        let shares = analysis.shares.enumerated().map { row($0.element, at: Double($0.offset) * Self.rowHeight) }
        let y = Double(shares.count) * Self.rowHeight
        let rest = FunctionalANOVA.Share(
            name: "together only", mean: analysis.rest, spread: analysis.rest...analysis.rest)
        return Chart(
            height: y + Self.rowHeight, label: "Importances",
            content: """
                \(shares.joined())
                <g class="rest">\(row(rest, at: y))</g>
                """)
    }

    private func row(_ share: FunctionalANOVA.Share, at y: Double) -> Markup {
        let percent = "\(Numeral.fixed(100 * share.mean, places: share.mean < 0.095 ? 1 : 0)) %"
        let room = Chart.leastWidth - Label.width(percent, size: 12) - 12
        let spread: Markup =
            share.spread.lowerBound < share.spread.upperBound
            ? """
            <line class="spread" x1="\(100 * share.spread.lowerBound)%" x2="\(100 * share.spread.upperBound)%" \
            y1="\(y + 24)" y2="\(y + 24)"/>
            """ : ""
        return """
            <g><title>\(text: share.name): \(text: percent)</title>
            <text class="name" x="0" y="\(y + 13)">\(text: Label.fitted(share.name, to: room, size: 12))</text>
            <text class="name" x="100%" y="\(y + 13)" text-anchor="end">\(text: percent)</text>
            <rect class="track" x="0" y="\(y + 20)" width="100%" height="8"/>
            <rect class="share" x="0" y="\(y + 20)" width="\(100 * share.mean)%" height="8"/>
            \(spread)</g>
            """
    }
}
