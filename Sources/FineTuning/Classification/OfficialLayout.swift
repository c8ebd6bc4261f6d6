import Tasks

/// Where the official files of a named task have their texts and labels, and which labels there are.
struct OfficialLayout: Sendable {
    let text: TableColumn
    var text2: TableColumn?
    let label: TableColumn
    /// In the order of their indices; empty for a task of numbers.
    let labels: [String]
    /// Other spellings of labels.
    var aliases: [String: String] = [:]
    /// Whether the training and development files begin with headings; test files always do.
    var hasHeader = true
    /// Columns of the test file, where they differ.
    var testText: TableColumn?
    var uneven = Table.UnevenRecords.taken
    /// The rows that count where a column `language` says what each is in.
    var language: String?

    /// The order of the labels is the seed's; nil for a task that has no files of its own.
    static func of(_ task: TaskName) -> OfficialLayout? {
        switch task {
        case .cola:
            OfficialLayout(
                text: .place(3), label: .place(1), labels: binary, hasHeader: false, testText: .heading("sentence"))
        case .sst2: OfficialLayout(text: .heading("sentence"), label: .heading("label"), labels: binary)
        case .mrpc:
            OfficialLayout(
                text: .heading("#1 String"), text2: .heading("#2 String"), label: .heading("Quality"), labels: binary)
        case .stsb: pair("sentence1", "sentence2", label: "score", labels: [])
        case .qqp:
            OfficialLayout(
                text: .heading("question1"), text2: .heading("question2"), label: .heading("is_duplicate"),
                labels: binary,
                uneven: .leftOut)
        case .mnli: pair("sentence1", "sentence2", label: "gold_label", labels: inference)
        case .qnli: pair("question", "sentence", label: "label", labels: ["not_entailment", "entailment"])
        case .rte: pair("sentence1", "sentence2", label: "label", labels: ["not_entailment", "entailment"])
        case .wnli: pair("sentence1", "sentence2", label: "label", labels: binary)
        case .xnli:
            OfficialLayout(
                text: .headings(["text_a", "premise", "sentence1"]),
                text2: .headings(["text_b", "hypo", "hypothesis", "sentence2"]),
                label: .headings(["label", "gold_label"]), labels: inference,
                aliases: ["contradictory": "contradiction"], language: "zh")
        case .lcqmc: pair("text_a", "text_b", label: "label", labels: binary)
        case .chnsenticorp:
            OfficialLayout(text: .headings(["text_a", "text"]), label: .heading("label"), labels: binary)
        default: nil
        }
    }

    private static let binary = ["0", "1"]
    private static let inference = ["neutral", "entailment", "contradiction"]

    private static func pair(_ text: String, _ text2: String, label: String, labels: [String]) -> OfficialLayout {
        OfficialLayout(text: .heading(text), text2: .heading(text2), label: .heading(label), labels: labels)
    }

    /// Reads a file; the labels of a test file may be missing.
    func table(_ text: TextFile, role: DataRole) throws(FineTuningError) -> Table {
        let isTest = role == .test
        let texts = [isTest ? testText ?? self.text : self.text, text2].compactMap(\.self)
        let label = isTest && !hasHeader ? TableColumn.heading("label") : label
        let language = language.map { _ in TableColumn.heading("language") }
        let table = try Table(
            text, .plainTabs, columns: texts + [label] + (language.map { [$0] } ?? []),
            hasHeader: hasHeader || isTest,
            optional: Set((isTest ? [label.name] : []) + (language.map { [$0.name] } ?? [])),
            uneven: uneven)
        return language == nil ? table : try rowsInLanguage(of: table)
    }

    /// The rows that count, without the column that says so.
    private func rowsInLanguage(of table: Table) throws(FineTuningError) -> Table {
        let rows = table.rows.filter { [nil, language].contains($0.values.last ?? nil) }
        guard !rows.isEmpty else {
            throw .invalidData(
                file: table.file, line: nil, field: "language", expected: "rows in '\(language ?? "")'", found: "none")
        }
        return Table(file: table.file, rows: rows.map { TableRow(line: $0.line, values: $0.values.dropLast()) })
    }
}
