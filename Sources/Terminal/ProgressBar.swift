/// One line that says how far long work is, how fast it goes and when it will end.
///
///     embedding [===========>             ]  44 %  12 800 texts  3 214/s  eta 5.1 s
///
/// Without a known end there is no bar and no ETA. The rate is that of the whole run so far, and the work that was there
/// before it began (`alreadyDone`) does not count into it.
package struct ProgressBar: Sendable {
    package let title: String
    /// Of what `done` counts: "texts", or `nil` for bytes.
    package let unit: String?
    /// Where `fraction` stood when the run began.
    package let alreadyDone: Double

    package init(_ title: String, unit: String?, alreadyDone: Double = 0) {
        self.title = title
        self.unit = unit
        self.alreadyDone = alreadyDone
    }

    /// - Parameters:
    ///   - done: units finished in this run
    ///   - fraction: of the whole, 0 to 1; `nil` when the end is not known
    ///   - elapsed: since the run began
    ///   - width: columns of the terminal
    package func line(done: Int, fraction: Double?, elapsed: Duration, width: Int) -> String {
        let seconds = elapsed.seconds
        let rate = seconds > 0 ? Double(done) / seconds : 0
        var parts: [String] = []
        if let fraction { parts.append(Self.bar(fraction)) }
        parts.append(unit.map { "\(Quantity.count(done)) \($0)" } ?? Quantity.bytes(done))
        parts.append(unit == nil ? "\(Quantity.bytes(rate.whole))/s" : "\(Quantity.count(rate.whole))/s")
        if let eta = eta(fraction, elapsed) { parts.append("eta \(Quantity.duration(eta))") }
        return ([title] + parts).joined(separator: "  ").fitted(to: width - 1)
    }

    /// `[===========>             ]  44 %`; what is no share is drawn as none or all.
    package static func bar(_ fraction: Double) -> String {
        let fraction = fraction.isNaN ? 0 : min(max(fraction, 0), 1)
        let cells = 25
        let filled = Int(fraction * Double(cells))
        let head = filled < cells ? ">" : ""
        let rest = String(repeating: " ", count: cells - filled - head.count)
        let percent = Quantity.decimal(fraction * 100, places: 0)
        let margin = String(repeating: " ", count: 3 - percent.count)
        return "[\(String(repeating: "=", count: filled))\(head)\(rest)] \(margin)\(percent) %"
    }

    private func eta(_ fraction: Double?, _ elapsed: Duration) -> Duration? {
        guard let fraction, fraction > alreadyDone, fraction < 1 else { return nil }
        return elapsed * ((1 - fraction) / (fraction - alreadyDone))
    }
}
