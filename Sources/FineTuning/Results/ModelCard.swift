import Foundation
import Tasks

/// The `README.md` of a fine-tuned model, as Hugging Face's hub shows it: what it was made of, and how good it is.
struct ModelCard {
    private let report: RunReport

    init(_ report: RunReport) { self.report = report }

    var text: String {
        let sections = [
            header, introduction, data, settings, history, results, labels, confusion,
        ]
        return sections.compactMap(\.self).joined(separator: "\n\n") + "\n"
    }

    private var facts: CardFacts { report.order.card }

    private var header: String {
        """
        ---
        library_name: transformers
        pipeline_tag: \(pipelineTag)
        tags:
        - bert
        - bertd
        ---

        # \(Self.plain(facts.name))
        """
    }

    private var pipelineTag: String {
        switch report.plan.options.task.kind {
        case .classification, .regression: "text-classification"
        case .questionAnswering: "question-answering"
        case .tokenClassification, .intentSlots: "token-classification"
        }
    }

    private var introduction: String {
        let options = report.plan.options
        let steps = "\(report.bestStep) of \(report.state.step)"
        return """
            `\(Self.plain(facts.base))` fine-tuned by bertd for the task `\(options.task.rawValue)`. \
            These are the parameters after step \(steps)\(reason).
            """
    }

    private var reason: String {
        report.state.best == nil ? "" : ", the best by `\(report.order.task.metric.rawValue)`"
    }

    private var data: String {
        let survey = report.order.task.survey
        let sources = facts.data.map { ["\(Self.plain($0.role))", "`\(Self.plain($0.source))`"] }
        let rows = survey.sets.map { [Self.plain($0.name), "\($0.rows)"] }
        let lengths = survey.tokenPercentiles
        return """
            ## Data

            \(Self.table(["for", "from"], sources))

            \(Self.table(["set", "rows"], rows))

            Of the training rows \(survey.duplicates) are equal to an earlier one. They have \(lengths.p50) tokens at the \
            50th percentile, \(lengths.p90) at the 90th, \(lengths.p99) at the 99th and \(lengths.longest) at most; \
            \(survey.cutRows) were cut at \(survey.maximumTokens).
            """
    }

    private var settings: String {
        let rows = report.plan.options.settings.map { ["\($0.name)", "\(Self.plain($0.value))"] }
        return "## Hyper-parameters\n\n" + Self.table(["name", "value"], rows)
    }

    /// The metrics of every evaluation, and the loss as a curve.
    private var history: String? {
        let evaluations = report.state.log.filter { entry in entry.values.contains { $0.name.hasPrefix("eval_") } }
        let losses = report.state.log.compactMap { $0["loss"] }
        var parts = ["## Training"]
        if let first = losses.first, let last = losses.last {
            parts.append("Loss from \(Self.number(first)) to \(Self.number(last)):\n\n    \(Curve(losses).text)")
        }
        for (prefix, entries) in Dictionary(grouping: evaluations, by: names).sorted(by: { $0.key < $1.key }) {
            let rows = entries.map { entry in
                ["\(entry.step)", String(format: "%.2f", entry.epoch)] + inOrder(entry).map { Self.number($0.value) }
            }
            parts.append(Self.table(["step", "epoch"] + prefix.split(separator: " ").map(String.init), rows))
        }
        return parts.count == 1 ? nil : parts.joined(separator: "\n\n")
    }

    private func names(_ entry: LogEntry) -> String { inOrder(entry).map(\.name).joined(separator: " ") }

    /// As the results have them, so that a table of the training reads like theirs.
    private func inOrder(_ entry: LogEntry) -> [MetricValue] {
        let order = report.results.flatMap(\.metrics).map(\.name)
        let places = entry.values.map { order.firstIndex(of: $0.name) ?? order.count }
        return zip(places, entry.values).sorted { ($0.0, $0.1.name) < ($1.0, $1.1.name) }.map(\.1)
    }

    private var results: String? {
        let metrics = report.results.flatMap(\.metrics)
        guard !metrics.isEmpty else { return nil }
        return "## Results\n\n" + Self.table(["metric", "value"], metrics.map { [$0.name, Self.number($0.value)] })
    }

    private var labels: String? {
        let tables = report.results.filter { !$0.evaluation.labels.isEmpty }.map { result in
            let rows = result.evaluation.labels.map { label in
                [Self.plain(label.label)] + [label.precision, label.recall, label.f1].map(Self.number)
                    + ["\(label.support)"]
            }
            return "### Labels of \(result.set)\n\n"
                + Self.table(["label", "precision", "recall", "f1", "support"], rows)
        }
        return tables.isEmpty ? nil : tables.joined(separator: "\n\n")
    }

    private var confusion: String? {
        let tables = report.results.compactMap { result in
            result.evaluation.confusion.map { counts in
                let names = report.order.task.labels.map(Self.plain)
                let rows = zip(names, counts).map { [$0] + $1.map(String.init) }
                return "### Confusion matrix of \(result.set): true labels down, predicted labels across\n\n"
                    + Self.table([""] + names, rows)
            }
        }
        return tables.isEmpty ? nil : tables.joined(separator: "\n\n")
    }

    private static func table(_ head: [String], _ rows: [[String]]) -> String {
        ([head, head.map { _ in "---" }] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }

    private static func number(_ value: Double) -> String { String(format: "%.4f", value) }

    /// A person's text as it can stand in a cell.
    private static func plain(_ text: String) -> String {
        String(text.map { $0.isNewline ? " " : $0 }).replacing("|", with: "\\|")
    }
}
