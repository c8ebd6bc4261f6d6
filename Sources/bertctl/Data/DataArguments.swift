import ArgumentParser
import Client
import Messages
import Tasks

/// Which data a run reads, and where they are in it.
struct DataArguments: ParsableArguments {
    @Option(
        name: .customLong("text"), help: ArgumentHelp("The column, or JSON member, of the text.", valueName: "column"))
    var text: String?
    @Option(help: ArgumentHelp("That of the second text of a pair.", valueName: "column"))
    var text2: String?
    @Option(help: ArgumentHelp("That of the label, or of the number.", valueName: "column"))
    var label: String?
    @Flag(help: "Labels are numbers: --task regression.")
    var regression = false
    @Option(
        help: ArgumentHelp(
            """
            What is to be learned: classification (the default), regression, question-answering, token-classification, \
            intent-slots, or a known data set, whose folder has its official files: cola, sst-2, mrpc, sts-b, qqp, mnli, \
            qnli, rte, wnli, xnli, lcqmc, chnsenticorp, squad-1.1, squad-2.0, conll-2003, snips, atis.
            """, valueName: "name"))
    var task: String?

    func validate() throws {
        guard !regression || task == nil else {
            throw ValidationError("expected one of --regression and --task, found both")
        }
    }

    /// `nil` where none was named.
    func named() throws(OptionError) -> TaskName? {
        if regression { return .regression }
        guard let task else { return nil }
        return try TaskName(named: task, field: "task")
    }

    var columns: ColumnNames { ColumnNames(text: text, text2: text2, label: label) }

    /// Finds out before anything is sent whether a table has the columns that a run will look for.
    func check(_ source: DataSource, for task: TaskName, needsLabel: Bool = true) throws {
        guard !task.isNamedSet, [.classification, .regression].contains(task.kind) else { return }
        guard let file = source.file else { return }
        let columns = DataColumns(text: text, text2: text2, label: label)
        let layout = FileLayout(path: file, text: columns.text, second: columns.text2)
        var rows = try RowSource(file, layout)
        guard try rows.next() != nil else { throw Failure.damaged("there are no rows in \(file)") }
        guard needsLabel, case .table = layout else { return }
        _ = try RowSource(file, FileLayout(path: file, text: columns.label, second: nil))
    }
}
