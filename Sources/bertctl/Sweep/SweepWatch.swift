import Client
import Foundation
import Messages
import Sweep
import SweepController
import Terminal

/// Shows a sweep while somebody controls it, from its log: it changes nothing.
struct SweepWatch {
    private let client: Client
    private let catalog: SweepCatalog
    private var feed: SweepFeed
    private var log: SweepLog
    private var block = LiveBlock()
    private var news = SweepNews()
    private var nextLook = ContinuousClock.now

    private static let lookInterval: Duration = .seconds(2)
    /// Lines of the terminal that are not rows: what stands above and below the table.
    private static let otherLines = 6

    init(_ client: Client, sweep name: String) throws {
        self.client = client
        catalog = SweepCatalog(client)
        log = SweepLog(try catalog.definition(of: name))
        feed = try SweepFeed(client, group: Identifier(name))
    }

    /// Until the sweep is over.
    mutating func run() throws -> SweepLog {
        while true {
            for event in try feed.news(timeout: .milliseconds(200)) { log.take(event) }
            try look()
            if log.isOver { break }
            let log = log
            block.show { width in Self.lines(log, width: width, height: Screen.height) }
        }
        block.clear()
        return log
    }

    private mutating func look() throws {
        guard ContinuousClock.now >= nextLook else { return }
        nextLook = .now + Self.lookInterval
        let latest = try catalog.definition(of: log.definition.name)
        guard latest != log.definition else { return }
        log = SweepLog(latest)
        feed.rewind()
        for event in try feed.news(timeout: .zero) { log.take(event) }
    }

    /// What is at work and the best so far, as much of it as there is room for.
    private static func lines(_ log: SweepLog, width: Int, height: Int) -> [String] {
        let trials = log.study.trials.values.sorted { $0.number < $1.number }
        let open = trials.filter { $0.state == .running }
        let rest = log.study.ranking(of: trials.filter { $0.state != .running })
        let room = max(3, height - otherLines - open.count)
        let table = SweepTable(log: log).table(open + rest.prefix(room), isLive: true)
        let rows = table.render(.plain).split(separator: "\n").map(String.init)
        return [headline(log)] + rows
    }

    static func headline(_ log: SweepLog) -> String {
        let study = log.study
        let counts = Dictionary(grouping: study.trials.values, by: \.state).mapValues(\.count)
        let words = [Trial.State.finished, .pruned, .running, .waiting, .infeasible, .failed, .cancelled]
            .compactMap { state in counts[state].map { "\($0) \(state.rawValue)" } }
        let ended = study.trials.values.filter(\.state.isEnded).count
        let bar = ProgressBar.bar(Double(ended) / Double(max(1, study.definition.trials)))
        let elapsed = log.began.map { "  \(Quantity.duration(.seconds(-$0.timeIntervalSinceNow)))" } ?? ""
        return "\(log.definition.name)  \(bar)  \(study.trials.count) of \(study.definition.trials) trials"
            + (words.isEmpty ? "" : ": \(words.joined(separator: ", "))") + elapsed
    }
}
