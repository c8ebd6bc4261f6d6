import ArgumentParser

/// `least-most` words, or one number.
package struct WordRange: ExpressibleByArgument, CustomStringConvertible {
    package let range: ClosedRange<Int>

    package init(_ range: ClosedRange<Int>) {
        self.range = range
    }

    package init?(argument: String) {
        let parts = argument.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(parts.count), let least = parts[0], let most = parts[parts.count - 1], least >= 1,
            least <= most, most <= 10_000
        else { return nil }
        range = least...most
    }

    package var description: String { "\(range.lowerBound)-\(range.upperBound)" }
    package var defaultValueDescription: String { description }
}
