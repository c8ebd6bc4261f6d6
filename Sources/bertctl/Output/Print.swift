import Client
import Foundation
import Messages
import Terminal

/// What the verbs write: data to stdout, words to stderr.
enum Print {
    static var style: Style {
        Style(isTerminal: Screen.outputIsOnTerminal, environment: ProcessInfo.processInfo.environment)
    }

    static func data(_ text: String) { Screen.writeToOutput(text) }
    static func line(_ text: String) { Screen.writeToOutput(text + "\n") }
    static func json(_ value: JSON) { line(value.text) }
    static func table(_ table: Table) { data(table.render(style)) }
    static func note(_ sentence: String) { Screen.writeToErrors("bertctl: \(sentence)\n") }

    /// Says that work waits, where it does.
    static func noteIdleService(_ client: Client) throws(ClientError) {
        let workers = try client.status().workers.filter { $0.workerClass == .inference && $0.state == .ready }
        guard workers.isEmpty else { return }
        note("no worker is ready; the work waits for one")
    }

    /// Names and values, one pair a line.
    static func fields(_ fields: [(String, String)]) {
        let width = fields.map(\.0.displayWidth).max() ?? 0
        for (name, value) in fields {
            let padding = String(repeating: " ", count: width - name.displayWidth + 2)
            line(style.bold(name) + padding + value.fitted(to: 400))
        }
    }

    static func time(_ time: UnixTime) -> String {
        Date(timeIntervalSince1970: Double(time.microseconds) / 1e6).formatted(.iso8601)
    }

    static func age(_ time: UnixTime) -> String {
        Quantity.duration(max(.zero, UnixTime.now.duration(since: time)))
    }
}
