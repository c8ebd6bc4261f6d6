import Sweep

/// How the trials stand to one another: which is the best, and how good each of the others is.
struct Standing {
    let study: ReportStudy
    /// By number.
    let trials: [ReportTrial]
    let best: ReportTrial?
    /// The next best of those that finished.
    let next: ReportTrial?
    /// Of 0, the worst fifth of the scores, to 4.
    private let fifths: [Int: Int]

    init(_ study: ReportStudy) {
        precondition(
            Set(study.trials.map(\.number)).count == study.trials.count,
            "a trial's number is its own: \(study.trials.map(\.number).sorted())")
        self.study = study
        trials = study.trials.sorted { $0.number < $1.number }
        let scored = trials.filter { $0.drawnScore != nil }.sorted { Self.isBetter($0, $1, study.direction) }
        let finished = scored.filter { $0.state == .finished }
        let named = study.winner.flatMap { winner in study.trials.first { $0.number == winner.trial } }
        let best = named ?? finished.first
        self.best = best
        next = finished.first { $0.number != best?.number }
        let ranks = scored.enumerated().map { ($0.element.number, 4 - 5 * $0.offset / max(1, scored.count)) }
        fifths = Dictionary(uniqueKeysWithValues: ranks)
    }

    /// Ties go to the earlier.
    private static func isBetter(_ left: ReportTrial, _ right: ReportTrial, _ direction: Direction) -> Bool {
        guard let one = left.drawnScore, let other = right.drawnScore, one != other else {
            return left.number < right.number
        }
        return direction.prefers(one, to: other)
    }

    func isBest(_ trial: ReportTrial) -> Bool { trial.number == best?.number }

    /// The name of its shape.
    func glyph(_ trial: ReportTrial) -> String { isBest(trial) ? "best" : trial.state.rawValue }

    /// Those with a score from best to worst, then the others by number.
    var ranked: [ReportTrial] {
        let scored = trials.filter { $0.drawnScore != nil }
        return scored.sorted { Self.isBetter($0, $1, study.direction) } + trials.filter { $0.drawnScore == nil }
    }

    /// In the order in which they are drawn, the better over the worse and the best over all.
    var drawn: [ReportTrial] {
        let below = ranked.reversed().filter { !isBest($0) }
        return below + trials.filter(isBest)
    }

    /// The end of what happened: of the study, or the moment at which the report was made.
    var end: Duration { max(study.begun, study.ended ?? study.drawn) }

    /// A place in a chart that stands for the trial: it leads to the trial's row, and says in words what it shows.
    func mark(_ trial: ReportTrial, _ content: Markup) -> Markup {
        let tone = isBest(trial) ? "best" : fifths[trial.number].map { "q\($0)" } ?? "unscored"
        return """
            <a class="t \(text: tone) \(text: trial.state.rawValue)" href="#t\(trial.number)" data-t="\(trial.number)">\
            <title>\(text: words(trial))</title>\(content)</a>
            """
    }

    /// `Trial 17, finished, 0.8742`
    func words(_ trial: ReportTrial) -> String {
        let score = trial.drawnScore.map { ", \(Numeral.score($0))" } ?? ""
        return "Trial \(trial.number), \(trial.state.rawValue)\(score)\(isBest(trial) ? ", the best" : "")"
    }
}
