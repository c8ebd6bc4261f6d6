package import Client
package import Messages

/// What a kind of work adds to each row of a table: the names of the columns, and their values.
package enum OutcomeColumns: Equatable {
    /// The label of the whole text.
    case label
    /// The value of a regression.
    case value
    /// Spans, and with a joint model the label of the whole text before them.
    case tags(isJoint: Bool)
    /// The best answer, and where it stands in the context, in Unicode scalars.
    case answer

    package init(_ kind: Work.Kind, _ result: JobResult) {
        switch kind {
        case .tagTokens: self = .tags(isJoint: !result.labels.isEmpty)
        case .answerQuestions: self = .answer
        case .classify, .embed, .fineTune, .evaluate: self = result.labels.isEmpty ? .value : .label
        }
    }

    package var names: [String] {
        switch self {
        case .label: ["label", "score", "truncated"]
        case .value: ["score", "truncated"]
        case .tags(let isJoint): (isJoint ? ["label", "score"] : []) + ["tags", "truncated"]
        case .answer: ["answer", "score", "start", "end", "truncated"]
        }
    }

    /// Names, by default, or all of them with `predicted_` before them where one of them is taken.
    package func names(besides taken: Set<String>) -> [String] {
        taken.isDisjoint(with: names) ? names : names.map { "predicted_\($0)" }
    }

    /// As many as names; a rejected row has nothing but that it is not truncated.
    package func values(of row: OutcomeRows.Row) -> [JSON] {
        guard !row.isRejected else { return names.dropLast().map { _ in .null } + [.bool(false)] }
        let outcome = row.outcome
        let label = JSON.optional(outcome.label) { .string($0) }
        let score = JSON.optional(outcome.score) { .number(Float($0)) }
        let added: [JSON] =
            switch self {
            case .label: [label, score]
            case .value: [score]
            case .tags(let isJoint): (isJoint ? [label, score] : []) + [.array(outcome.spans.map(\.json))]
            case .answer: Self.answer(outcome.spans.first)
            }
        return added + [.bool(row.isTruncated)]
    }

    private static func answer(_ span: Span?) -> [JSON] {
        guard let span else { return [.null, .null, .null, .null] }
        let isNone = span.text.isEmpty
        return [
            .string(span.text), .optional(span.score) { .number(Float($0)) },
            isNone ? .null : .int(span.scalars.lowerBound), isNone ? .null : .int(span.scalars.upperBound),
        ]
    }
}

extension OutcomeRows.Row {
    /// All that is known of the row, for a line of JSON.
    func json(_ columns: OutcomeColumns, _ input: InputRow?, firstRow: Int) -> JSON {
        var members: [(String, JSON)] = [("row", .int(firstRow + index))]
        if let input {
            let text = JSON.string(String(decoding: input.text.bytes, as: UTF8.self))
            members.append((columns == .answer ? "question" : "text", text))
        }
        members += zip(columns.names, columns.values(of: self))
        if columns == .answer { members.append(("answers", .array(outcome.spans.map(\.json)))) }
        if !probabilities.isEmpty {
            members.append(("scores", .object(probabilities.map { ($0.label, .number($0.value)) })))
        }
        members.append(("tokens", .int(tokenCount)))
        if let status { members.append(("status", .string(status.word))) }
        return .object(members)
    }
}

extension Span {
    var json: JSON {
        .object(
            (label.map { [("label", .string($0))] } ?? []) + [
                ("text", .string(text)), ("start", .int(scalars.lowerBound)), ("end", .int(scalars.upperBound)),
                ("score", .optional(score) { .number(Float($0)) }),
            ])
    }
}
