package import Messages
package import Sweep

/// What the jobs of a sweep are called, so that anybody can tell from the log what each of them is.
///
///     reviews.survey           the first look at the data
///     reviews.12.0             trial 12 to its first rung
///     reviews.12.1-s2-r1       with its third seed to the second rung, tried again
///     reviews.promote-12       the winner
package struct StretchName: Sendable, Hashable {
    package let stretch: Stretch
    package let attempt: Int

    package init(_ stretch: Stretch, attempt: Int) {
        self.stretch = stretch
        self.attempt = attempt
    }

    package func job(of sweep: String) -> String {
        let replica = stretch.replica > 0 ? "-s\(stretch.replica)" : ""
        let attempt = attempt > 0 ? "-r\(attempt)" : ""
        return "\(sweep).\(stretch.trial).\(stretch.rung)\(replica)\(attempt)"
    }

    /// Nil for what is no stretch of this sweep.
    package init?(_ job: Identifier, of sweep: String) {
        guard job.string.hasPrefix("\(sweep).") else { return nil }
        let parts = job.string.dropFirst(sweep.count + 1).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let trial = Self.count(parts[0]) else { return nil }
        let marks = parts[1].split(separator: "-", omittingEmptySubsequences: false)
        guard let rung = Self.count(marks[0]) else { return nil }
        var numbers: [Character: Int] = [:]
        for mark in marks.dropFirst() {
            guard let letter = mark.first, letter == "s" || letter == "r", numbers[letter] == nil,
                let number = Self.count(mark.dropFirst()), number > 0
            else { return nil }
            numbers[letter] = number
        }
        self.init(Stretch(trial: trial, replica: numbers["s"] ?? 0, rung: rung), attempt: numbers["r"] ?? 0)
        guard self.job(of: sweep) == job.string else { return nil }
    }

    private static func count(_ text: Substring) -> Int? {
        text.allSatisfy { $0.isASCII && $0.isNumber } ? Int(text) : nil
    }
}
