import Sweep

/// All trials with all that is known of them; without scripts it stands in the order of the scores, with one it sorts.
struct TrialTable {
    private let standing: Standing

    init(_ standing: Standing) { self.standing = standing }

    var panel: Panel {
        guard !standing.trials.isEmpty else {
            return Panel(id: "trials", title: "All trials", isWide: true, body: Panel.nothing("No trial has begun."))
        }
        let names = standing.study.searched.map(\.name)
        return Panel(
            id: "trials", title: "All trials", isWide: true,
            body: """
                <div class="scroll" role="region" aria-labelledby="trials-title" tabindex="0">
                <table>
                <thead><tr>\(head(names))</tr></thead>
                <tbody>
                \(standing.ranked.map { row($0, names) }.joined())
                </tbody>
                </table>
                </div>
                """)
    }

    private func head(_ names: [String]) -> Markup {
        let isFalling = standing.study.direction == .maximize
        let order: Markup = isFalling ? "descending" : "ascending"
        let fixed: [Markup] = [
            Self.column("trial"), Self.column("state"), Self.column(standing.study.metric, order: order),
            Self.column("epochs"), Self.column("time"),
        ]
        return (fixed + names.map { Self.column($0) }).joined("")
    }

    /// The script enables its button.
    private static func column(_ name: String, order: Markup? = nil) -> Markup {
        let sorted = order.map { order -> Markup in " aria-sort=\"\(order)\"" }
        return """
            <th scope="col"\(sorted.orNothing)>\
            <button type="button" disabled="disabled"><bdi>\(text: name)</bdi></button></th>
            """
    }

    private func row(_ trial: ReportTrial, _ names: [String]) -> Markup {
        let isBest = standing.isBest(trial)
        let time = trial.stretches.isEmpty ? nil : trial.workingTime(until: standing.end)
        let reason = trial.reason.map { reason -> Markup in "<span class=\"reason\"><bdi>\(text: reason)</bdi></span>" }
        let cells: [Markup] = [
            """
            <td data-v="\(text: trial.state.rawValue)"><span class="state">\(Glyph.inline(standing.glyph(trial)))\
            \(text: trial.state.rawValue)\(isBest ? ", best" : "")</span>\(reason.orNothing)</td>
            """,
            Self.cell(trial.score, Numeral.score), Self.cell(trial.epochs, Numeral.short),
            Self.cell(time?.seconds) { Numeral.duration(.seconds($0)) },
        ]
        let settings = names.map { Self.cell(trial.settings[$0]) }
        return """
            <tr id="t\(trial.number)" data-t="\(trial.number)"\(isBest ? " class=\"best\"" : "")>\
            <th scope="row" data-v="\(trial.number)">\(trial.number)</th>\((cells + settings).joined(""))</tr>
            """
    }

    private static func cell(_ value: Double?, _ spelled: (Double) -> String) -> Markup {
        guard let value else { return "<td class=\"n\"></td>" }
        return "<td class=\"n\" data-v=\"\(text: "\(value)")\">\(text: spelled(value))</td>"
    }

    private static func cell(_ value: ParameterValue?) -> Markup {
        guard let value else { return "<td></td>" }
        let kind: Markup = value.number == nil ? "" : " class=\"n\""
        return "<td\(kind) data-v=\"\(text: value.description)\"><bdi>\(text: value.brief)</bdi></td>"
    }
}
