import ArgumentParser
import Broker

/// What a broker keeps, how much and for how long.
struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Bytes of commands that may be queued (default: 1 GiB).", valueName: "bytes"))
    var queueBytes: Int?

    @Option(help: ArgumentHelp("How long results are kept (default: 24 hours).", valueName: "seconds"))
    var resultAge: Seconds?

    @Option(help: ArgumentHelp("Bytes of results that are kept (default: 10 GiB).", valueName: "bytes"))
    var resultBytes: Int?

    @Option(help: ArgumentHelp("How long events are kept (default: 7 days).", valueName: "seconds"))
    var eventAge: Seconds?

    @Option(help: ArgumentHelp("How long the ids of jobs are kept (default: 30 days).", valueName: "seconds"))
    var idAge: Seconds?

    @Option(help: ArgumentHelp("How many ids of jobs are kept (default: 10 million).", valueName: "n"))
    var idCount: Int?

    @Option(help: ArgumentHelp("How long a silent worker keeps its rows (default: 15).", valueName: "seconds"))
    var lease: Seconds?

    func apply(to configuration: inout BrokerConfiguration) throws(Failure) {
        configuration.queuedBytesLimit = try count("queue-bytes", queueBytes, configuration.queuedBytesLimit)
        configuration.resultAge = try age("result-age", resultAge, configuration.resultAge)
        configuration.resultBytes = try count(
            "result-bytes", resultBytes, configuration.resultBytes)
        configuration.eventAge = try age("event-age", eventAge, configuration.eventAge)
        configuration.idAge = try age("id-age", idAge, configuration.idAge)
        configuration.idCount = try count("id-count", idCount, configuration.idCount)
        configuration.lease = try age("lease", lease, configuration.lease)
    }

    private func count(_ name: String, _ given: Int?, _ standard: Int) throws(Failure) -> Int {
        let value = try Setting.value(name, given: given, expected: "a number", default: standard, parse: { Int($0) })
        guard value > 0 else { throw .usage("--\(name) is \(value), expected more than 0") }
        return value
    }

    private func age(_ name: String, _ given: Seconds?, _ standard: Duration) throws(Failure) -> Duration {
        try Setting.value(
            name, given: given?.duration, expected: Seconds.expected, default: standard,
            parse: { Seconds(argument: $0)?.duration })
    }
}
