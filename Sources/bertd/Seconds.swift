import ArgumentParser

/// A length of time on the command line: `60` or `60s`.
struct Seconds: ExpressibleByArgument {
    static let expected = "seconds, such as 60 or 60s"

    let duration: Duration

    init?(argument: String) {
        let number = argument.hasSuffix("s") ? argument.dropLast() : argument[...]
        guard let seconds = Double(number), seconds > 0, seconds <= 86_400 * 365 else { return nil }
        duration = .seconds(seconds)
    }
}
