import Sweep

/// A study as one HTML file that needs nothing beside it: no server, no network, no script.
///
/// A pure function of the study: equal studies make equal files. A script that comes with it sorts the table and shows
/// a trial in all charts at once; the page's own policy forbids it, and everything else, to load anything.
package struct SweepReport {
    private let standing: Standing
    private let axes: [Axis]
    private var study: ReportStudy { standing.study }

    /// - Parameter study: with trials of different numbers
    package init(_ study: ReportStudy) {
        standing = Standing(study)
        axes = study.space.parameters.compactMap { parameter in
            Axis(parameter, values: study.trials.compactMap { $0.settings[parameter.name] })
        }
    }

    package var html: String {
        let page: Markup = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <meta http-equiv="Content-Security-Policy" content="\(Self.policy)"/>
            <title>\(text: study.name): sweep report</title>
            <style>\(Markup(source: StyleSheet.source))</style>
            </head>
            <body\(standing.trials.count > 80 ? " class=\"dense\"" : "")>
            \(Glyph.definitions)
            \(header)
            <main>
            \(Headline(standing).markup)
            \(panels.map(\.markup).joined())
            </main>
            \(footer)
            <div id="readout" role="status" aria-live="polite" hidden="hidden"></div>
            <script>\(Markup(source: Script.source))</script>
            </body>
            </html>

            """
        return page.text
    }

    private static let policy: Markup = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"

    private var panels: [Panel] {
        [
            HistoryChart(standing).panel, CurveChart(standing).panel,
            ParallelCoordinates(standing, axes: axes).panel,
            ImportanceChart(standing, axes: axes).panel, Timeline(standing).panel,
            TrialTable(standing).panel,
        ]
    }

    private var header: Markup {
        let description = study.description.map { text -> Markup in "<p class=\"lede\"><bdi>\(text: text)</bdi></p>" }
        let facts = facts.map { name, value -> Markup in "<div><dt>\(name)</dt><dd>\(value)</dd></div>" }
        return """
            <header>
            <h1><bdi>\(text: study.name)</bdi></h1>
            \(description.orNothing)
            <dl class="facts">
            \(facts.joined())
            </dl>
            </header>
            """
    }

    private var facts: [(Markup, Markup)] {
        let better = study.direction == .maximize ? "higher is better" : "lower is better"
        let constants = study.fixed.map { "\($0.name) \($0.value.brief)" }
        return [
            ("Task", Self.outside(study.task)), ("Model", Self.outside(study.model)),
            ("Data", Self.outside(study.data)), ("Metric", Self.outside("\(study.metric), \(better)")),
            ("Search", Self.outside(study.method)),
            ("Early stop", Self.outside(study.pruner ?? "none")),
            ("When", when),
        ] + (constants.isEmpty ? [] : [("Fixed" as Markup, Self.outside(constants.joined(separator: ", ")))])
    }

    private static func outside(_ text: String) -> Markup { "<bdi>\(text: text)</bdi>" }

    private var when: Markup {
        let begun = Moment(study.begun)
        let length = Numeral.duration(standing.end - study.begun)
        guard let end = study.ended else {
            return "since \(begun.markup) UTC, still running after \(text: length)"
        }
        let ended = Moment(end)
        let last = ended.isSameDay(as: begun) ? Self.outside(ended.time) : ended.markup
        return "\(begun.markup) to \(last) UTC, \(text: length)"
    }

    private var footer: Markup {
        """
        <footer>
        <p>Made by bertctl on \(Moment(study.drawn).markup) UTC. One file that loads nothing. To make it again:</p>
        <pre tabindex="0" role="region" aria-label="Command that makes this report">\
        <code>\(text: study.remake)</code></pre>
        </footer>
        """
    }
}
