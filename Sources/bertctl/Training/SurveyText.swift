package import Messages
import Terminal

/// What is known of a run before it begins, as a page.
package struct SurveyText {
    private let survey: Survey

    /// A data set with more labels shows the first of them.
    private static let shownLabels = 30

    package init(_ survey: Survey) {
        self.survey = survey
    }

    /// With an empty one at the end.
    package var lines: [String] {
        var lines = Self.lines(of: sets)
        if let labels { lines += [""] + Self.lines(of: labels) }
        return lines + [""] + lengths + [cost, ""]
    }

    private var sets: Table {
        let percents = Set(survey.sets.flatMap { $0.lengths.map(\.percent) }).sorted()
        let headings = percents.enumerated().map { index, percent in
            (index == 0 ? "TOKENS " : "") + (percent == 100 ? "LONGEST" : "\(percent) %")
        }
        var table = Table(
            [.init("SET"), .init("ROWS", .trailing), .init("DUPLICATES", .trailing)]
                + headings.map { .init($0, .trailing) } + [.init("CUT", .trailing)])
        for set in survey.sets {
            let lengths = Dictionary(
                set.lengths.map { ($0.percent, $0.tokens) }, uniquingKeysWith: { first, _ in first })
            table.append(
                [set.set, Quantity.count(set.rows), Quantity.count(set.duplicates)]
                    + percents.map { lengths[$0].map { Quantity.count($0) } ?? "-" } + [Quantity.count(set.cutRows)])
        }
        return table
    }

    /// Rows of each label in each set; `nil` where there are none.
    private var labels: Table? {
        let sets = survey.sets.filter { !$0.labels.isEmpty }
        var names: [String] = []
        var counts: [[String: Int]] = []
        for set in sets {
            counts.append(Dictionary(set.labels.map { ($0.label, $0.rows) }, uniquingKeysWith: +))
            for entry in set.labels where !names.contains(entry.label) { names.append(entry.label) }
        }
        guard !names.isEmpty else { return nil }
        var table = Table(
            [.init("LABEL", maximumWidth: 40)] + sets.map { .init($0.set.uppercased(), .trailing) })
        for name in names.prefix(Self.shownLabels) {
            table.append([name] + counts.map { Quantity.count($0[name] ?? 0) })
        }
        if names.count > Self.shownLabels {
            let rest = names.count - Self.shownLabels
            table.append(["… and \(rest) more"] + counts.map { _ in "" })
        }
        return table
    }

    /// The limit in force, and what others would cut and cost.
    private var lengths: [String] {
        let cut = survey.sets.first?.cutRows ?? 0
        let limit = "\(Quantity.count(survey.maxTokens)) tokens an example: \(Self.rows(cut)) cut"
        return [limit]
            + survey.choices.filter { $0.maxTokens != survey.maxTokens }.map { choice in
                var sentence = "with --max-length \(choice.maxTokens): \(Self.rows(choice.cutRows)) cut"
                if let time = choice.epochTime {
                    sentence += ", \(Quantity.duration(time)) an epoch"
                    if let now = survey.epochTime, now > .zero {
                        sentence += " (\(Quantity.decimal(time / now, places: 1)) times)"
                    }
                }
                return sentence
            }
    }

    private var cost: String {
        let time = survey.epochTime.map { ", \(Quantity.duration($0)) an epoch" } ?? ""
        let memory = "\(Quantity.bytes(survey.peakBytes)) of memory at most"
        let machine = survey.machineBytes > 0 ? ", of \(Quantity.bytes(survey.machineBytes))" : ""
        return "\(Quantity.count(survey.totalSteps)) steps\(time); \(memory)\(machine)"
    }

    private static func rows(_ count: Int) -> String {
        count == 0 ? "no row is" : count == 1 ? "1 row is" : "\(Quantity.count(count)) rows are"
    }

    private static func lines(of table: Table) -> [String] {
        table.render(.plain).split(separator: "\n").map(String.init)
    }
}
