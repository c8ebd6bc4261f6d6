import CMessages

/// What is known of one set of a run's data.
public struct DataSurvey: Equatable, Sendable {
    /// `train`, `dev`, `dev-mismatched`, `test`
    public var set: String
    public var rows: Int
    /// Rows that repeat an earlier one.
    public var duplicates: Int
    /// Rows of each label; empty for regression and questions.
    public var labels: [LabelCount]
    /// Tokens of an example before cutting, by percentile.
    public var lengths: [LengthPercentile]
    /// Longer than the limit in force.
    public var cutRows: Int
    /// That the rows are cut into; nil where the server does not say.
    public var examples: Int?

    public struct LabelCount: Equatable, Sendable {
        public var label: String
        public var rows: Int

        public init(label: String, rows: Int) {
            self.label = label
            self.rows = rows
        }
    }

    /// As many percent of the examples have no more tokens than this.
    public struct LengthPercentile: Equatable, Sendable {
        public var percent: Int
        public var tokens: Int

        public init(percent: Int, tokens: Int) {
            self.percent = percent
            self.tokens = tokens
        }
    }

    public init(
        set: String, rows: Int, duplicates: Int = 0, labels: [LabelCount] = [], lengths: [LengthPercentile] = [],
        cutRows: Int = 0, examples: Int? = nil
    ) {
        self.set = set
        self.rows = rows
        self.duplicates = duplicates
        self.labels = labels
        self.lengths = lengths
        self.cutRows = cutRows
        self.examples = examples
    }
}

extension DataSurvey: WireMessage {
    init(_ wire: Bertd__DataSurvey) throws(MessageError) {
        set = try Read.string(wire.has_set, wire.set, "survey.set") ?? ""
        rows = try Read.number(wire.has_rows, wire.rows, "survey.rows") ?? 0
        duplicates = try Read.number(wire.has_duplicates, wire.duplicates, "survey.duplicates") ?? 0
        labels = try Read.messages(wire.n_labels, wire.labels)
        lengths = try Read.messages(wire.n_lengths, wire.lengths)
        cutRows = try Read.number(wire.has_cut_rows, wire.cut_rows, "survey.cut_rows") ?? 0
        examples = try Read.number(wire.has_examples, wire.examples, "survey.examples")
    }

    func write(to wire: inout Bertd__DataSurvey, _ arena: Arena) {
        arena.put(set, &wire.has_set, &wire.set)
        arena.put(rows, &wire.has_rows, &wire.rows)
        arena.put(duplicates, &wire.has_duplicates, &wire.duplicates)
        (wire.n_labels, wire.labels) = arena.list(labels)
        (wire.n_lengths, wire.lengths) = arena.list(lengths)
        arena.put(cutRows, &wire.has_cut_rows, &wire.cut_rows)
        arena.put(examples, &wire.has_examples, &wire.examples)
    }
}

extension DataSurvey.LabelCount: WireMessage {
    init(_ wire: Bertd__LabelCount) throws(MessageError) {
        label = try Read.string(wire.has_label, wire.label, "survey.label") ?? ""
        rows = try Read.number(wire.has_rows, wire.rows, "survey.rows") ?? 0
    }

    func write(to wire: inout Bertd__LabelCount, _ arena: Arena) {
        arena.put(label, &wire.has_label, &wire.label)
        arena.put(rows, &wire.has_rows, &wire.rows)
    }
}

extension DataSurvey.LengthPercentile: WireMessage {
    init(_ wire: Bertd__LengthPercentile) throws(MessageError) {
        percent = try Read.number(wire.has_percent, wire.percent, "survey.percent") ?? 0
        tokens = try Read.number(wire.has_tokens, wire.tokens, "survey.tokens") ?? 0
    }

    func write(to wire: inout Bertd__LengthPercentile, _ arena: Arena) {
        arena.put(percent, &wire.has_percent, &wire.percent)
        arena.put(tokens, &wire.has_tokens, &wire.tokens)
    }
}
