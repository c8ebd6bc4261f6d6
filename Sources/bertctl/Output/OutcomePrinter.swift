import Client
import Messages
import Terminal

/// What rows came to on stdout: a table for people, JSON lines for programs.
final class OutcomePrinter: RowOutput {
    private let format: Format
    private let kind: Work.Kind
    private var table: Table?
    private var columns = OutcomeColumns.label

    init(_ format: Format, _ kind: Work.Kind) {
        self.format = format
        self.kind = kind
    }

    func append(_ result: JobResult, rows: [InputRow], firstRow: Int) throws {
        columns = OutcomeColumns(kind, result)
        for row in OutcomeRows(result) {
            let input = row.index < rows.count ? rows[row.index] : nil
            switch format {
            case .json: Print.json(row.json(columns, input, firstRow: firstRow))
            case .table:
                let text = input.map { String(decoding: $0.text.bytes, as: UTF8.self) }
                show(row, text ?? "row \(firstRow + row.index + 1)")
            }
        }
    }

    func finish() throws {
        if let table { Print.table(table) }
    }

    private func show(_ row: OutcomeRows.Row, _ text: String) {
        var table = table ?? Table(headings)
        let score = Self.number(row.outcome.score)
        switch columns {
        case .label: table.append([text, row.isRejected ? "rejected" : row.outcome.label ?? "-", score])
        case .value: table.append([text, row.isRejected ? "rejected" : score])
        case .tags(let isJoint):
            let label = isJoint ? [row.outcome.label ?? "-", score] : []
            let spans = row.outcome.spans
            if spans.isEmpty { table.append([text] + label + ["-", "-", "-"]) }
            for (index, span) in spans.enumerated() {
                let start = index == 0 ? [text] + label : [""] + label.map { _ in "" }
                table.append(start + [span.label ?? "-", span.text, Self.number(span.score)])
            }
        case .answer:
            for (index, span) in row.outcome.spans.enumerated() {
                let answer = span.text.isEmpty ? "(no answer)" : span.text
                table.append([index == 0 ? text : "", answer, Self.number(span.score)])
            }
            if row.outcome.spans.isEmpty { table.append([text, row.isRejected ? "rejected" : "(no answer)", "-"]) }
        }
        self.table = table
    }

    private var headings: [Table.Column] {
        let score = Table.Column("SCORE", .trailing)
        switch columns {
        case .label: return [.init("TEXT"), .init("LABEL", maximumWidth: 40), score]
        case .value: return [.init("TEXT"), .init("VALUE", .trailing)]
        case .tags(let isJoint):
            let label = isJoint ? [Table.Column("LABEL", maximumWidth: 40), score] : []
            return [.init("TEXT", maximumWidth: 40)] + label + [.init("TAG", maximumWidth: 40), .init("SPAN"), score]
        case .answer: return [.init("QUESTION"), .init("ANSWER"), score]
        }
    }

    private static func number(_ value: Double?) -> String {
        value.map { Quantity.decimal($0, places: 4) } ?? "-"
    }
}
