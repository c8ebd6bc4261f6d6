import Sweep

/// What came of the study, before anything else: the best score, what made it, and how far it can be trusted.
struct Headline {
    private let standing: Standing
    private var study: ReportStudy { standing.study }

    init(_ standing: Standing) { self.standing = standing }

    var markup: Markup {
        """
        <section class="headline" aria-labelledby="best-title">
        \(standing.best.map(result).orNothing)
        \(standing.best == nil ? nothing : "")
        \(counts)
        \(command)
        </section>
        """
    }

    private var nothing: Markup {
        let sentence: Markup = study.ended == nil ? "No trial has finished yet." : "No trial finished."
        return "<h2 id=\"best-title\">\(sentence)</h2>"
    }

    private func result(_ best: ReportTrial) -> Markup {
        let score = best.score.map(Numeral.score) ?? "no score"
        return """
            <div class="result">
            <h2 id="best-title"><span class="figure">\(text: score)</span> \
            <span class="of"><bdi>\(text: study.metric)</bdi> of <a href="#t\(best.number)">trial \(best.number)</a>, \
            \(standing.trials.count == 1 ? "the only one" : "the best of \(standing.trials.count)")</span></h2>
            \(settings(best))
            </div>
            <p class="caveat">\(caveat) \(nextBest) \(test)</p>
            """
    }

    private func settings(_ best: ReportTrial) -> Markup {
        let pairs = study.searched.compactMap { parameter in
            best.settings[parameter.name].map { (parameter.name, $0.brief) }
        }
        guard !pairs.isEmpty else { return "" }
        let entries = pairs.map { name, value -> Markup in
            "<div><dt><bdi>\(text: name)</bdi></dt><dd><bdi>\(text: value)</bdi></dd></div>"
        }
        return "<dl class=\"settings\(pairs.count > 6 ? " many" : "")\">\(entries.joined())</dl>"
    }

    private var caveat: Markup {
        let scored = standing.trials.count { $0.drawnScore != nil }
        guard scored > 1 else { return "It is the only score: there is nothing to set it against." }
        return """
            It is the best of \(scored) scores and was picked for being that, so luck is part of it: expect less on \
            new data.
            """
    }

    private var nextBest: Markup {
        guard let next = standing.next, let score = next.drawnScore else { return "" }
        return
            "The next best is <a href=\"#t\(next.number)\">trial \(next.number)</a> with \(text: Numeral.score(score))."
    }

    private var test: Markup {
        guard let test = study.winner?.test else { return "It has not been scored on a test set." }
        let interval = test.interval.map { interval -> Markup in
            """
             (95 % bootstrap interval \(text: Numeral.score(interval.lowerBound)) to \
            \(text: Numeral.score(interval.upperBound)))
            """
        }
        return """
            On the test set, which no trial was judged by, it scored \
            <strong>\(text: Numeral.score(test.value))</strong>\(interval.orNothing).
            """
    }

    /// The states that occur, with their shapes: the legend of all charts.
    private var counts: Markup {
        let states = ReportTrial.State.allCases.map { state in
            (state.rawValue, standing.trials.count { $0.state == state })
        }
        let entries = states.filter { $0.1 > 0 }.map { name, count -> Markup in
            "<li>\(Glyph.inline(name))\(count) \(text: name)</li>"
        }
        let best: Markup = standing.best == nil ? "" : "<li>\(Glyph.inline("best"))best</li>"
        guard !entries.isEmpty else { return "" }
        return """
            <div class="legend"><ul>\(best)\(entries.joined())</ul>\
            <p class="hint" hidden="hidden">Point at a trial in any chart, or step through a chart with the arrow \
            keys, to see it in all.</p></div>
            """
    }

    private var command: Markup {
        guard let winner = study.winner else { return "" }
        return """
            <div class="command"><h3 id="command-title">Train the best again</h3>
            <pre id="command" tabindex="0" role="region" aria-labelledby="command-title">\
            <code>\(text: winner.command)</code></pre>
            <button type="button" class="copy" hidden="hidden">Copy</button></div>
            """
    }
}
