import Tasks
import Testing

@Suite struct NameTests {
    @Test(arguments: TaskName.allCases) func everyTaskIsFoundByItsName(task: TaskName) throws {
        #expect(try TaskName(named: task.rawValue, field: "task") == task)
        #expect(try TaskName(named: task.rawValue.uppercased(), field: "task") == task)
    }

    @Test(arguments: [
        ("SST-2", TaskName.sst2), ("sst2", .sst2), ("stsb", .stsb), ("squad", .squad11), ("SQuAD_2.0", .squad20),
        ("token_classification", .tokenClassification), ("ner", .tokenClassification), ("conll2003", .conll2003),
    ])
    func commonSpellingsFindTheirTask(found: String, task: TaskName) throws {
        #expect(try TaskName(named: found, field: "task") == task)
    }

    @Test func aMisspelledTaskNamesTheNearest() {
        let error = #expect(throws: OptionError.self) { try TaskName(named: "chnsentcorp", field: "task") }
        #expect(error?.description.hasSuffix("found 'chnsentcorp'; did you mean 'chnsenticorp'?") == true)
    }

    @Test func everyKindIsATaskForAPersonsOwnFile() throws {
        for kind in TaskKind.allCases {
            let task = try TaskName(named: kind.rawValue, field: "task")
            #expect(task.kind == kind)
            #expect(!task.isNamedSet)
        }
        #expect(TaskName.allCases.filter(\.isNamedSet).count == 17)
    }

    @Test(arguments: [
        ("eval/accuracy", MetricName.accuracy), ("eval_f1", .f1), ("F1-macro", .macroF1), ("mcc", .matthews),
        ("eval_loss", .loss), ("em", .exactMatch), ("dev/pearsonr", .pearson), ("mse", .meanSquaredError),
        ("validation_slot_f1", .slotF1),
    ])
    func commonSpellingsFindTheirMetric(found: String, metric: MetricName) throws {
        #expect(try MetricName(of: found, field: "metric") == metric)
    }

    @Test func aMisspelledMetricNamesTheNearest() {
        let error = #expect(throws: OptionError.self) { try MetricName(of: "accurracy", field: "metric") }
        #expect(error?.description.hasSuffix("did you mean 'accuracy'?") == true)
    }

    @Test func lossesAreBetterWhenSmallerAndNothingIsNever() {
        #expect(MetricName.loss.isBetter(0.1, than: 0.2))
        #expect(!MetricName.accuracy.isBetter(0.1, than: 0.2))
        #expect(!MetricName.accuracy.isBetter(0.2, than: 0.2))
        #expect(!MetricName.accuracy.isBetter(.nan, than: 0.2))
        #expect(MetricName.meanSquaredError.isBetter(3, than: .nan))
    }

    @Test func rolesHaveTheNamesOfOtherPrograms() throws {
        #expect(try DataRole(named: "validation", field: "role") == .dev)
        #expect(try DataRole(named: "dev_mismatched", field: "role") == .devMismatched)
        #expect(throws: OptionError.self) { try DataRole(named: "", field: "role") }
    }
}
