import BERT
import Foundation
import Tasks
import TestSupport
import Testing

@testable import FineTuning

/// Files of data and a tokenizer's folder that vanish with the test.
private final class DataFolder {
    let url = FileManager.default.temporaryDirectory.appending(path: "bertd-\(UUID().uuidString)")
    private var files: [DataRole: URL] = [:]

    init() throws { try TinyModel.write(to: url) }

    deinit { try? FileManager.default.removeItem(at: url) }

    func add(_ role: DataRole, _ name: String, _ text: String) throws -> DataFolder {
        files[role] = url.appending(path: name)
        try Data(text.utf8).write(to: url.appending(path: name))
        return self
    }

    func request(
        _ task: TaskName, _ columns: DataColumns = DataColumns(), settings: [(name: String, value: String)] = [],
        labels: [String]? = nil
    ) throws -> TrainingRequest {
        TrainingRequest(
            task: task, files: files, columns: columns, options: try FineTuningOptions(task: task, settings: settings),
            tokenizerFolder: url, maximumPositions: TinyModel.maximumTokens, labels: labels)
    }

    func open(
        _ task: TaskName, _ columns: DataColumns = DataColumns(), settings: [(name: String, value: String)] = [],
        labels: [String]? = nil
    ) throws -> ClassificationTask {
        try ClassificationTask(request: request(task, columns, settings: settings, labels: labels))
    }
}

@Suite struct ClassificationTaskTests {
    private let reviews = "id,body,rating\n1,the good,pos\n2,the bad,neg\n3,good good,pos\n4,\"bad, bad\",neg\n"
    private let columns = DataColumns(text: "body", label: "rating")

    @Test func aPersonsFileBecomesExamples() throws {
        let task = try DataFolder().add(.train, "r.csv", reviews).add(.dev, "d.csv", reviews)
            .open(.classification, columns)
        #expect(task.labels == ["neg", "pos"])
        #expect(task.head == .sequence(labels: 2))
        #expect(task.training.map(\.target) == [.label(1), .label(0), .label(1), .label(0)])
        #expect(task.training[0].ids.count == 4)
        #expect(task.training[0].types == [0, 0, 0, 0])
        #expect(task.evaluationSets.map(\.name) == ["dev"])
        #expect(task.metric == .macroF1)
        #expect(task.splitFile == nil)
        #expect(task.survey.sets == [.init(name: "train", rows: 4), .init(name: "dev", rows: 4)])
        #expect(task.survey.labels == [.init(name: "neg", rows: 2), .init(name: "pos", rows: 2)])
    }

    @Test func withoutADevelopmentFileRowsAreHeldBackAndWrittenDown() throws {
        let task = try DataFolder().add(.train, "r.csv", reviews).open(.classification, columns)
        #expect(task.training.count == 2)
        #expect(task.evaluationSets[0].examples.count == 2)
        #expect(task.splitFile?.name == "split.json")
        #expect(task.survey.sets == [.init(name: "train", rows: 2), .init(name: "dev", rows: 2)])
    }

    @Test func pairsAndNumbersAreTaken() throws {
        let text = "text\ttext2\tlabel\nthe good\tgood\t4.5\nbad\tbad, bad\t-1e-1\n"
        let task = try DataFolder().add(.train, "r.tsv", text).add(.dev, "d.tsv", text)
            .open(.regression, DataColumns(text2: "text2"))
        #expect(task.head == .sequence(labels: 1))
        #expect(task.labels.isEmpty)
        #expect(task.training.map(\.target) == [.value(4.5), .value(-0.1)])
        #expect(task.training[0].types == [0, 0, 0, 0, 1, 1])
        #expect(task.metric == .pearson)
    }

    @Test(arguments: [
        (["10", "9", "1"], ["1", "9", "10"]), (["b", "a", "B"], ["B", "a", "b"]),
        (["2.5", "x", "10"], ["10", "2.5", "x"]),
        (["é", "z", "ê"], ["z", "é", "ê"]),
    ])
    func labelsAreSortedByValueOrByScalars(found: [String], sorted: [String]) throws {
        let text = "text,label\n" + found.map { "good,\($0)\n" }.joined()
        let task = try DataFolder().add(.train, "r.csv", text).add(.dev, "d.csv", text).open(.classification)
        #expect(task.labels == sorted)
    }

    @Test func whatIsTooLongIsCutAndTold() throws {
        let text = "text,label\n" + "\(String(repeating: "good ", count: 40)),a\ngood,b\n"
        let task = try DataFolder().add(.train, "r.csv", text).add(.dev, "d.csv", text)
            .open(.classification, settings: [("max_length", "8")])
        #expect(task.training[0].tokenCount == 8)
        #expect(task.training[0].droppedTokens == 34)
        #expect(task.survey.cutRows == 1)
        #expect(task.survey.maximumTokens == 8)
        #expect(task.survey.tokenPercentiles.longest == 42)
        let whole = try DataFolder().add(.train, "r.csv", text).add(.dev, "d.csv", text).open(.classification)
        #expect(whole.training[0].tokenCount == TinyModel.maximumTokens)
    }

    @Test func duplicatesAreCounted() throws {
        let text = "text,label\ngood,a\ngood,b\nbad,b\ngood,a\n"
        let task = try DataFolder().add(.train, "r.csv", text).add(.dev, "d.csv", text).open(.classification)
        #expect(task.survey.duplicates == 2)
    }

    @Test func aTestFileNeedsNoLabels() throws {
        let folder = try DataFolder().add(.train, "r.csv", reviews).add(.dev, "d.csv", reviews)
        let unknown = try folder.add(.test, "t.csv", "body\ngood\n").open(.classification, columns)
        #expect(unknown.evaluationSets.map(\.name) == ["dev", "test"])
        #expect(unknown.evaluationSets[1].examples.map(\.target) == [.unknown])
        let known = try folder.add(.test, "t.csv", "rating,body\nneg,good\n").open(.classification, columns)
        #expect(known.evaluationSets[1].examples.map(\.target) == [.label(0)])
    }

    @Test func aTrainedModelIsJudgedByItsOwnLabels() throws {
        let folder = try DataFolder().add(.test, "t.csv", reviews)
        let task = try folder.open(.classification, columns, labels: ["pos", "neg"])
        #expect(task.training.isEmpty)
        #expect(task.evaluationSets[0].examples[0].target == .label(0))
        let error = #expect(throws: FineTuningError.self) {
            try folder.open(.classification, columns, labels: ["good", "bad"])
        }
        #expect(error?.description == "t.csv, line 2, field 'rating': expected one of 'good', 'bad', found 'pos'")
    }

    @Test(arguments: [
        ("text,label\ngood,a\nbad,\n", "r.csv, line 3, field 'label': expected a label, found nothing"),
        (
            "text,label\ngood,a\nbad,a\n",
            "r.csv, field 'label': expected two different labels or more, found 'a'"
        ),
        (
            "text,rating\ngood,a\n",
            "r.csv, line 1, field 'label': expected a column of this name, found 'text', 'rating'"
        ),
    ])
    func labelsThatCannotBeLearnedAreRefused(text: String, sentence: String) {
        let error = #expect(throws: FineTuningError.self) {
            try DataFolder().add(.train, "r.csv", text).open(.classification)
        }
        #expect(error?.description == sentence)
    }

    @Test func aLabelOfTheDevelopmentFileAloneIsRefused() {
        let error = #expect(throws: FineTuningError.self) {
            try DataFolder().add(.train, "r.csv", "text,label\ngood,a\nbad,b\n")
                .add(.dev, "d.csv", "text,label\ngood,a\ngood,c\n").open(.classification)
        }
        #expect(error?.description == "d.csv, line 3, field 'label': expected one of 'a', 'b', found 'c'")
        #expect(error?.place.line == 3)
        #expect(error?.place.field == "label")
    }

    @Test(arguments: ["high", "nan", "inf", "1e99", "", "1,5"]) func whatIsNoNumberIsRefused(label: String) {
        let error = #expect(throws: FineTuningError.self) {
            try DataFolder().add(.train, "r.csv", "text,label\ngood,1\nbad,\"\(label)\"\n").open(.regression)
        }
        let found = label.isEmpty ? "nothing" : "'\(label)'"
        #expect(error?.description == "r.csv, line 3, field 'label': expected a number, found \(found)")
    }

    @Test func aColumnOfTextsIsNoColumnOfLabels() {
        let rows = (0..<1200).map { "good,text \($0)\n" }.joined()
        let error = #expect(throws: FineTuningError.self) {
            try DataFolder().add(.train, "r.csv", "text,label\n\(rows)").open(.classification)
        }
        #expect(error?.place.line == 1002)
    }

    @Test func aMetricOfTwoLabelsNeedsTwo() {
        let error = #expect(throws: FineTuningError.self) {
            try DataFolder().add(.train, "r.csv", "text,label\ngood,a\nbad,b\nthe,c\nbad bad,a\n")
                .open(.classification, settings: [("metric", "f1")])
        }
        #expect(error?.place.field == "metric")
    }

    @Test func trainingNeedsAFile() throws {
        let error = #expect(throws: FineTuningError.self) {
            try DataFolder().add(.dev, "d.csv", reviews).open(.classification, columns)
        }
        #expect(error == .missingData(role: "train", task: "classification"))
    }
}
