import Sweep

/// Which worker did which trial when.
struct Timeline {
    private struct Bar {
        let trial: ReportTrial
        let start, end: Duration
    }

    private let standing: Standing
    private let begun, length: Duration

    /// Of the chart where two stand side by side.
    private static let commonWidth = 440.0
    private static let (nameHeight, barHeight, gap) = (18.0, 16.0, 3.0)

    init(_ standing: Standing) {
        self.standing = standing
        let stretches = standing.trials.flatMap(\.stretches)
        // A clock that was set back must not draw outside.
        begun = min(standing.study.begun, stretches.map(\.start).min() ?? standing.study.begun)
        let end = max(standing.end, stretches.compactMap(\.end).max() ?? standing.end)
        length = max(.milliseconds(1), end - begun)
    }

    var panel: Panel {
        let workers = workers
        guard !workers.isEmpty else {
            return Panel(id: "timeline", title: "Timeline", body: Panel.nothing("No worker has run a trial."))
        }
        let busy = standing.trials.reduce(0) { $0 + $1.workingTime(until: begun + length).seconds }
        let share = Numeral.fixed(100 * busy / (length.seconds * Double(workers.count)), places: 0)
        let plural = workers.count == 1 ? "One worker" : "\(workers.count) workers"
        return Panel(
            id: "timeline", title: "Timeline", body: chart(workers).markup,
            note: """
                \(text: plural), \(text: Numeral.duration(.seconds(busy))) of work in \
                \(text: Numeral.duration(length)): busy \(text: share) % of the time.
                """)
    }

    private var workers: [String] {
        Set(standing.study.workers).union(standing.trials.flatMap { $0.stretches.map(\.worker) })
            .sorted { Self.padded($0) < Self.padded($1) }
    }

    /// With numbers of equal length, so that worker-10 comes after worker-9.
    private static func padded(_ name: String) -> String {
        var (text, digits) = ("", "")
        for character in name + " " {
            if character.isASCII && character.isNumber {
                digits.append(character)
                continue
            }
            text += String(repeating: "0", count: digits.isEmpty ? 0 : max(0, 12 - digits.count)) + digits
            digits = ""
            text.append(character)
        }
        return text
    }

    private func chart(_ workers: [String]) -> Chart {
        var y = 0.0
        let rows = workers.map { worker -> Markup in
            let lanes = lanes(of: worker)
            let row = row(worker, lanes, y: y)
            y += Self.nameHeight + Double(max(1, lanes.count)) * (Self.barHeight + Self.gap) + 6
            return row
        }
        let ticks = Ticks.times(until: length, atMost: 6).map { (x(begun + $0), Self.label($0)) }
        return Chart(
            height: y + 24, label: "Trials by worker and time",
            content: """
                \(ticks.map { Chart.guide(x: $0.0, from: 0, to: y) }.joined(""))
                \(rows.joined())
                \(Chart.labels(ticks.map { (x: $0.0, label: $0.1) }, y: y + 16))
                """)
    }

    private func row(_ worker: String, _ lanes: [[Bar]], y: Double) -> Markup {
        let bars = lanes.enumerated().flatMap { lane, bars in
            bars.map { bar($0, y: y + Self.nameHeight + Double(lane) * (Self.barHeight + Self.gap)) }
        }
        return """
            <text class="name halo" x="0" y="\(y + 12)"><title>\(text: worker)</title>\
            \(text: Label.fitted(worker, to: Chart.leastWidth - 10, size: 12))</text>
            \(bars.joined())
            """
    }

    private func bar(_ bar: Bar, y: Double) -> Markup {
        let (left, right) = (x(bar.start), x(bar.end))
        let number = "\(bar.trial.number)"
        // Where it fits in a narrow window, everywhere; where it fits in a common one, only there.
        let room = 100 * (Label.width(number, size: 10) + 5) / (right - left)
        let size: Markup? = room < Chart.leastWidth ? "number" : room < Self.commonWidth ? "number roomy" : nil
        let text = size.map { size -> Markup in
            """
            <text class="\(size)" x="\((left + right) / 2)%" y="\(y + 12)" text-anchor="middle">\(text: number)</text>
            """
        }
        return standing.mark(
            bar.trial,
            """
            <rect x="\(left)%" y="\(y)" width="\(max(0.05, right - left))%" height="\(Self.barHeight)"/>\
            \(text.orNothing)
            """)
    }

    /// The stretches of a worker in rows, in which none covers another.
    private func lanes(of worker: String) -> [[Bar]] {
        let bars = standing.trials.flatMap { trial in
            trial.stretches.filter { $0.worker == worker }.map {
                Bar(trial: trial, start: $0.start, end: max($0.start, $0.end ?? begun + length))
            }
        }
        let ordered = bars.sorted { ($0.start, $0.trial.number) < ($1.start, $1.trial.number) }
        return ordered.reduce(into: []) { lanes, bar in
            let free = lanes.firstIndex { $0.last.map { $0.end <= bar.start } ?? true }
            if let free { lanes[free].append(bar) } else { lanes.append([bar]) }
        }
    }

    private func x(_ time: Duration) -> Double { 100 * min(1, max(0, (time - begun) / length)) }

    /// `0`, `30 s`, `15 m`, `1 h 30 m`, `2 d`
    private static func label(_ time: Duration) -> String {
        let seconds = Int(time.components.seconds)
        let parts = [
            (seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"),
        ]
        let words = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return words.isEmpty ? "0" : words.prefix(2).joined(separator: " ")
    }
}
