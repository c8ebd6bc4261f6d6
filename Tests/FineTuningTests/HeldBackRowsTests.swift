import BERT
import Testing

@testable import FineTuning

@Suite struct HeldBackRowsTests {
    /// Rows of labels `a` (most of them), `b` and `c`; every fifth text is that of the row before it.
    private func file(_ count: Int) -> (LabelledFile, [Target]) {
        let labels = (0..<count).map { $0 % 10 < 7 ? 0 : $0 % 10 < 9 ? 1 : 2 }
        let rows = labels.enumerated().map { index, label in
            LabelledFile.Row(
                line: index + 2, text: "text \(index % 5 == 4 ? index - 1 : index)", text2: nil,
                label: ["a", "b", "c"][label])
        }
        return (LabelledFile(file: "rows.csv", labelField: "label", rows: rows), labels.map(Target.label))
    }

    private func held(_ file: LabelledFile, _ targets: [Target], seed: Int = 1) throws -> [Int] {
        try HeldBackRows(of: file, targets: targets, fraction: 0.1, seed: seed).rows
    }

    @Test(arguments: [(4000, 400), (2000, 200), (500, 100), (150, 75), (20, 10)])
    func aTenthIsHeldBackButAHundredIfThereAreEnough(count: Int, expected: Int) throws {
        let (file, targets) = file(count)
        let rows = try held(file, targets)
        // Whole groups of equal texts only.
        #expect(abs(rows.count - expected) <= max(3, expected / 25))
    }

    @Test(arguments: [1, 2, 3]) func labelsStayAsFrequentAsTheyAre(seed: Int) throws {
        let (file, targets) = file(4000)
        let rows = try held(file, targets, seed: seed)
        for (label, share) in [(0, 0.7), (1, 0.2), (2, 0.1)] {
            let count = rows.count { targets[$0] == .label(label) }
            #expect(abs(Double(count) - share * 400) <= 12, "label \(label): \(count)")
        }
    }

    @Test(arguments: [1, 2, 3]) func equalTextsStayTogether(seed: Int) throws {
        let (file, targets) = file(1000)
        let rows = Set(try held(file, targets, seed: seed))
        let dev = Set(rows.map { file.rows[$0].text })
        let train = Set(file.rows.indices.filter { !rows.contains($0) }.map { file.rows[$0].text })
        #expect(dev.isDisjoint(with: train))
    }

    @Test func theSeedAloneDecides() throws {
        let (file, targets) = file(1000)
        #expect(try held(file, targets, seed: 7) == held(file, targets, seed: 7))
        #expect(try held(file, targets, seed: 7) != held(file, targets, seed: 8))
    }

    @Test func theOnlyRowOfALabelIsLearnedFrom() throws {
        var (file, targets) = file(200)
        file = LabelledFile(
            file: file.file, labelField: file.labelField,
            rows: file.rows + [.init(line: 202, text: "rare", text2: nil, label: "rare")])
        targets.append(.label(3))
        for seed in 0..<20 { #expect(try !held(file, targets, seed: seed).contains(200)) }
    }

    @Test func numbersAreHeldBackFromTheirWholeRange() throws {
        let rows = (0..<2000).map {
            LabelledFile.Row(line: $0 + 2, text: "\($0)", text2: nil, label: "\($0 * 7919 % 2000)")
        }
        let file = LabelledFile(file: "rows.csv", labelField: "label", rows: rows)
        let values = rows.indices.map { Float($0 * 7919 % 2000) }
        let held = try held(file, values.map(Target.value))
        #expect(held.count == 200)
        for tenth in 0..<10 {
            #expect(held.count { Int(values[$0]) / 200 == tenth } == 20)
        }
    }

    @Test func oneTextAloneCannotBeSplit() {
        let rows = (0..<8).map { LabelledFile.Row(line: $0 + 2, text: "same", text2: nil, label: $0 < 4 ? "a" : "b") }
        let file = LabelledFile(file: "rows.csv", labelField: "label", rows: rows)
        let targets = (0..<8).map { Target.label($0 < 4 ? 0 : 1) }
        let error = #expect(throws: FineTuningError.self) { try held(file, targets) }
        #expect(error?.place.file == "rows.csv")
    }

    @Test func theSplitIsWrittenDown() throws {
        let (file, targets) = file(20)
        let held = try HeldBackRows(of: file, targets: targets, fraction: 0.1, seed: 3)
        let record = held.record(of: file, fraction: 0.1, seed: 3)
        #expect(record.name == "split.json")
        #expect(record.text.hasPrefix("{\"seed\": 3, \"fraction\": 0.1, \"rows\": 20, \"digest\": \""))
        #expect(record.text.contains("\"dev_rows\": [\(held.rows.map { "\($0 + 1)" }.joined(separator: ", "))]"))
    }
}
