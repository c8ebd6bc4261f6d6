import BERT
import Foundation
import Tasks
import TestSupport
import Testing

@testable import FineTuning

@Suite struct OfficialLayoutTests {
    private func rows(
        _ task: TaskName, _ role: DataRole, _ text: String
    ) throws -> [LabelledFile.Row] {
        try LabelledFile(
            TextFile(name: "\(role).tsv", bytes: Array(text.utf8)), role: role, task: task, columns: DataColumns()
        ).rows
    }

    /// A row of each task's official training file and of its test file.
    @Test(arguments: [
        (TaskName.cola, "gj04\t0\t*\tA \"b.\n", "index\tsentence\n0\tA \"b.\n", "0", false),
        (.sst2, "sentence\tlabel\nA \"b.\t1\n", "index\tsentence\n0\tA \"b.\n", "1", false),
        (
            .mrpc, "\u{FEFF}Quality\t#1 ID\t#2 ID\t#1 String\t#2 String\r\n1\t2\t3\tA \"b.\t\"C d.\r\n",
            "index\t#1 ID\t#2 ID\t#1 String\t#2 String\n0\t2\t3\tA \"b.\t\"C d.\n", "1", true
        ),
        (
            .stsb,
            "index\tg\tf\ty\to\ts1\ts2\tsentence1\tsentence2\tscore\n0\ta\tb\tc\td\te\tf\tA \"b.\t\"C d.\t3.800\n",
            "index\tg\tf\ty\to\ts1\ts2\tsentence1\tsentence2\n0\ta\tb\tc\td\te\tf\tA \"b.\t\"C d.\n", "3.800", true
        ),
        (
            .qqp, "id\tqid1\tqid2\tquestion1\tquestion2\tis_duplicate\n5\tx\n1\t2\t3\tA \"b.\t\"C d.\t0\n",
            "id\tquestion1\tquestion2\n0\tA \"b.\t\"C d.\n", "0", true
        ),
        (
            .mnli, "i\tsentence1\tsentence2\tlabel1\tgold_label\n0\tA \"b.\t\"C d.\tneutral\tentailment\n",
            "i\tsentence1\tsentence2\n0\tA \"b.\t\"C d.\n", "entailment", true
        ),
        (
            .qnli, "index\tquestion\tsentence\tlabel\n0\tA \"b.\t\"C d.\tentailment\n",
            "index\tquestion\tsentence\n0\tA \"b.\t\"C d.\n", "entailment", true
        ),
        (
            .rte, "index\tsentence1\tsentence2\tlabel\n0\tA \"b.\t\"C d.\tnot_entailment\n",
            "index\tsentence1\tsentence2\n0\tA \"b.\t\"C d.\n", "not_entailment", true
        ),
        (
            .wnli, "index\tsentence1\tsentence2\tlabel\n0\tA \"b.\t\"C d.\t1\n",
            "index\tsentence1\tsentence2\n0\tA \"b.\t\"C d.\n", "1", true
        ),
        (
            .xnli, "premise\thypo\tlabel\nA \"b.\t\"C d.\tcontradictory\n", "text_a\ttext_b\nA \"b.\t\"C d.\n",
            "contradiction", true
        ),
        (.lcqmc, "text_a\ttext_b\tlabel\nA \"b.\t\"C d.\t1\n", "text_a\ttext_b\nA \"b.\t\"C d.\n", "1", true),
        (.chnsenticorp, "label\ttext_a\n1\tA \"b.\n", "qid\ttext_a\n0\tA \"b.\n", "1", false),
    ])
    func officialFilesAreReadAsTheyAre(task: TaskName, train: String, test: String, label: String, isPair: Bool) throws
    {
        let row = try #require(try rows(task, .train, train).first)
        #expect(row.text == "A \"b.")
        #expect(row.text2 == (isPair ? "\"C d." : nil))
        #expect(row.label == label)
        let tested = try #require(try rows(task, .test, test).first)
        #expect(tested.texts == row.texts)
        #expect(tested.label == nil)
    }

    @Test func ofAFileInSeveralLanguagesTheChineseRowsCount() throws {
        let text =
            "language\tgold_label\tx\tsentence1\tsentence2\tlabel1\nde\tneutral\t\tA\tB\tneutral\n"
            + "zh\tentailment\t\tC\tD\tneutral\n"
        let rows = try rows(.xnli, .dev, text)
        #expect(rows == [.init(line: 3, text: "C", text2: "D", label: "entailment")])
        let error = #expect(throws: FineTuningError.self) {
            try self.rows(.xnli, .dev, String(text.prefix { $0 != "z" }))
        }
        #expect(error?.description == "dev.tsv, field 'language': expected rows in 'zh', found none")
    }

    @Test func theOrderOfTheLabelsIsTheSeeds() {
        #expect(OfficialLayout.of(.mnli)?.labels == ["neutral", "entailment", "contradiction"])
        #expect(OfficialLayout.of(.xnli)?.labels == ["neutral", "entailment", "contradiction"])
        #expect(OfficialLayout.of(.rte)?.labels == ["not_entailment", "entailment"])
        #expect(OfficialLayout.of(.stsb)?.labels == [])
        for task in TaskName.allCases where [.classification, .regression].contains(task.kind) {
            #expect((OfficialLayout.of(task) != nil) == task.isNamedSet)
        }
    }

    @Test func aLabelThatTheTaskDoesNotHaveIsRefused() throws {
        let file = try LabelledFile(
            TextFile(name: "train.tsv", bytes: Array("sentence\tlabel\na\t1\nb\t2\n".utf8)), role: .train, task: .sst2,
            columns: DataColumns())
        let error = #expect(throws: FineTuningError.self) { try Labels.names(["0", "1"]).targets(of: file) }
        #expect(error?.description == "train.tsv, line 3, field 'label': expected one of '0', '1', found '2'")
    }

    @Test func anotherTasksFileIsRefusedWithItsColumns() {
        let error = #expect(throws: FineTuningError.self) { try rows(.mrpc, .train, "sentence\tlabel\na\t1\n") }
        #expect(
            error?.description
                == "train.tsv, line 1, field '#1 String': expected a column of this name, found 'sentence', 'label'")
    }

    @Test(
        .enabled(
            if: SharedData.has("glue/SST-2/train.tsv") && SharedData.has("chinese/xnli/dev.tsv"), "\(SharedData.absent)"
        ),
        arguments: [
            (TaskName.mrpc, DataRole.train, "glue/MRPC/train.tsv", [1194, 2474]),
            (.mrpc, .dev, "glue/MRPC/dev.tsv", [129, 279]), (.mrpc, .test, "glue/MRPC/test.tsv", [1725]),
            (.sst2, .train, "glue/SST-2/train.tsv", [29780, 37569]), (.sst2, .dev, "glue/SST-2/dev.tsv", [428, 444]),
            (.stsb, .train, "glue/STS-B/train.tsv", [5749]), (.stsb, .dev, "glue/STS-B/dev.tsv", [1500]),
            (.stsb, .test, "glue/STS-B/test.tsv", [1379]), (.xnli, .dev, "chinese/xnli/dev.tsv", [830, 830, 830]),
            (.xnli, .test, "chinese/xnli/test.tsv", [1670, 1670, 1670]),
        ])
    func realFilesHaveTheirRows(task: TaskName, role: DataRole, path: String, counts: [Int]) throws {
        let file = try LabelledFile(
            TextFile(SharedData.url(path)), role: role, task: task, columns: DataColumns())
        #expect(file.rows.count == counts.reduce(0, +))
        let labels = OfficialLayout.of(task)?.labels ?? []
        let targets = try (labels.isEmpty ? Labels.numbers : .names(labels)).targets(of: file)
        guard counts.count > 1 else { return }
        #expect(labels.indices.map { index in targets.count { $0 == .label(index) } } == counts)
    }
}
