import ArgumentParser
import Client
import Messages
import Terminal

struct BenchVerb: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure latency and throughput, from the socket and back.",
        discussion: """
            With --rate jobs are sent at random times (a Poisson process) whether or not earlier ones have come back, and \
            latency counts from the time at which a job should have been sent: an overloaded service shows. With \
            --concurrency so many jobs are always under way.
            """)

    @Option(help: "NAME, for the latest version, or NAME@VERSION.")
    var model: String
    @Option(help: ArgumentHelp("Jobs a second, sent at random times.", valueName: "jobs"))
    var rate: Double?
    @Option(help: ArgumentHelp("Jobs under way at once. (default: 8)", valueName: "jobs"))
    var concurrency: Int?
    @Option(help: ArgumentHelp("Texts in one job.", valueName: "count"))
    var textsPerJob = 1
    @Option(
        help: ArgumentHelp(
            "A file with a text a line, for their mix of lengths; used over and over.", valueName: "file"))
    var input: String?
    @Option(help: ArgumentHelp("Without a file: texts of so many words.", valueName: "least-most"))
    var words: WordRange = WordRange(5...50)
    @Option(help: ArgumentHelp("How long to measure.", valueName: "seconds"))
    var duration = 10.0
    @Option(help: ArgumentHelp("How long to run before that.", valueName: "seconds"))
    var warmup = 2.0
    @Option(help: "Before all bulk work or with it.")
    var priority: Priority = .interactive
    @Option(help: "Where random times and texts begin.")
    var seed: UInt64 = 1
    @OptionGroup var printing: FormatOptions
    @OptionGroup var service: ServiceOptions

    func validate() throws {
        guard rate == nil || concurrency == nil else {
            throw ValidationError("expected one of --rate and --concurrency, found both")
        }
        if let rate, !(rate > 0 && rate <= 1e6) {
            throw ValidationError("--rate is \(rate), expected more than 0, up to 1000000")
        }
        if let concurrency, !(1...100_000).contains(concurrency) {
            throw ValidationError("--concurrency is \(concurrency), expected 1 to 100000")
        }
        guard (1...Limits.maxRows).contains(textsPerJob) else {
            throw ValidationError("--texts-per-job is \(textsPerJob), expected 1 to \(Limits.maxRows)")
        }
        guard duration > 0, duration <= 86400, warmup >= 0, warmup <= 86400 else {
            throw ValidationError("--duration and --warmup are \(duration) and \(warmup), expected up to 86400 seconds")
        }
    }

    func run() throws {
        let reference = try ModelReference(model)
        let mix = try input.map { try TextMix(file: $0) } ?? TextMix(words: words.range, seed: seed)
        let client = try service.connect()
        let stored = try client.resolve(reference)
        let load = BenchLoad(
            model: stored.reference, priority: priority, textsPerJob: textsPerJob,
            pace: rate.map { .open(jobsPerSecond: $0) } ?? .closed(concurrency: concurrency ?? 8),
            warmup: .seconds(warmup), duration: .seconds(duration), seed: seed)
        var run = try BenchRun(client, load, mix)
        let measured = try run.run()
        switch printing.format {
        case .table: Print.fields(measured.fields(load))
        case .json: Print.json(measured.json(load))
        }
        if measured.failedJobs > 0 { throw Failure.jobEnded("\(measured.failedJobs) jobs did not succeed") }
    }
}
