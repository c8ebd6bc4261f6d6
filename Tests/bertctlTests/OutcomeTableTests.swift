import Client
import Foundation
import Messages
import Testing
import bertctl

struct OutcomeTableTests {
    /// Two labels; the second row was cut, the third rejected.
    private func classified(_ labels: [String] = ["bad", "good"]) throws -> JobResult {
        let numbers: [Float] = labels.isEmpty ? [0.25, 0.5, 0] : [0.25, 0.75, 0.5, 0.5, 0, 0]
        let tensor = numbers.flatMap { number in withUnsafeBytes(of: number.bitPattern.littleEndian) { Array($0) } }
        let outcomes =
            labels.isEmpty
            ? [RowOutcome(score: 0.25), RowOutcome(score: 0.5), RowOutcome()]
            : [RowOutcome(label: "good", score: 0.75), RowOutcome(label: "bad", score: 0.5), RowOutcome()]
        let notes = [
            RowNote(row: 1, status: .truncated(droppedTokens: 3)),
            RowNote(row: 2, status: .rejected(ServiceError(.invalidUTF8, "not UTF-8"))),
        ]
        var result = JobResult(rowCount: 3)
        let rows = ResultRows(
            firstRow: 0, count: 3, elementType: .float32, shape: [3, max(1, labels.count)], digest: Digest(of: tensor),
            tokenCounts: [3, 4, 0], notes: notes, labels: labels, outcomes: outcomes)
        let isTaken = result.append(rows, tensor: tensor)
        try #require(isTaken)
        return result
    }

    private func spans(_ outcomes: [RowOutcome]) throws -> JobResult {
        var result = JobResult(rowCount: outcomes.count)
        let rows = ResultRows(
            firstRow: 0, count: outcomes.count, elementType: .float32, shape: [outcomes.count, 0],
            digest: Digest(of: []), tokenCounts: outcomes.map { _ in 3 }, outcomes: outcomes)
        let isTaken = result.append(rows, tensor: [])
        try #require(isTaken)
        return result
    }

    private func written(
        _ layout: OutcomeTable.Layout, kind: Work.Kind = .classify, names: [String] = [], _ rows: [InputRow],
        _ result: JobResult
    ) throws -> String {
        let url = FileManager.default.temporaryDirectory.appending(path: "outcomes-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: url) }
        let table = try OutcomeTable(url.path, layout, kind, names: names)
        try table.append(result, rows: rows, firstRow: 0)
        #expect(!FileManager.default.fileExists(atPath: url.path))
        try table.finish()
        return try String(contentsOf: url, encoding: .utf8)
    }

    private func row(_ fields: String...) -> InputRow {
        InputRow(text: Text(fields[0]), record: .fields(fields.map { Array($0.utf8) }))
    }

    private let comma = UInt8(ascii: ",")

    @Test func allColumnsStayAndThreeComeAfterThem() throws {
        let rows = [row("1", "a, \"b\""), row("2", "two\nlines"), row("3", "x")]
        #expect(
            try written(.quoted(comma), names: ["id", "my text"], rows, classified()) == """
                id,my text,label,score,truncated
                1,"a, ""b\""",good,0.75,false
                2,"two
                lines",bad,0.5,true
                3,x,,,false

                """)
    }

    @Test func otherSeparatorsStay() throws {
        let rows = [row("1", "a;b"), row("2", "c,d"), row("3", "")]
        let text = try written(.quoted(UInt8(ascii: ";")), names: ["id", "text"], rows, classified())
        #expect(text.hasPrefix("id;text;label;score;truncated\n1;\"a;b\";good;0.75;false\n2;c,d;bad;0.5;true\n"))
        let tabs = try written(.plainTabs, names: ["id", "text"], rows, classified())
        #expect(tabs.hasPrefix("id\ttext\tlabel\tscore\ttruncated\n1\ta;b\tgood\t0.75\tfalse\n"))
    }

    @Test func aColumnOfTheSameNameIsNotHidden() throws {
        let text = try written(.quoted(comma), names: ["label"], [row("x"), row("y"), row("z")], classified())
        #expect(text.hasPrefix("label,predicted_label,predicted_score,predicted_truncated\nx,good,0.75,false\n"))
    }

    @Test func aRegressionHasNoLabel() throws {
        let text = try written(.quoted(comma), names: ["t"], [row("x"), row("y"), row("z")], classified([]))
        #expect(text == "t,score,truncated\nx,0.25,false\ny,0.5,true\nz,,false\n")
    }

    @Test func linesOfJSONKeepTheirBytes() throws {
        let lines = [#"{ "n": 1.50, "t":"a" } "#, #"{"t":"b"}"#, #"{"t":"c"}"#]
        let rows = lines.map { InputRow(text: "x", record: .line(Array($0.utf8))) }
        #expect(
            try written(.jsonLines, rows, classified()) == """
                { "n": 1.50, "t":"a" ,"label":"good","score":0.75,"truncated":false}
                {"t":"b","label":"bad","score":0.5,"truncated":true}
                {"t":"c","label":null,"score":null,"truncated":false}

                """)
    }

    @Test func textsAloneGetAColumnOfTheirOwn() throws {
        let rows = ["a,b", "c", "d"].map { InputRow(text: Text($0)) }
        #expect(try written(.quoted(comma), rows, classified()).hasPrefix("text,label,score,truncated\n\"a,b\",good,"))
        let line = try written(.jsonLines, rows, classified()).split(separator: "\n").first
        #expect(line == #"{"text":"a,b","label":"good","score":0.75,"truncated":false}"#)
    }

    @Test func tagsAreJSONInTheirColumn() throws {
        let span = Span(label: "LOC", text: "Rome", scalars: 3..<7, bytes: 3..<7, score: 0.5)
        let result = try spans([RowOutcome(spans: [span]), RowOutcome()])
        #expect(
            try written(.plainTabs, kind: .tagTokens, names: ["t"], [row("in Rome"), row("x")], result) == """
                t\ttags\ttruncated
                in Rome\t[{"label":"LOC","text":"Rome","start":3,"end":7,"score":0.5}]\tfalse
                x\t[]\tfalse

                """)
    }

    @Test func anEmptyAnswerHasNoPlace() throws {
        let answer = Span(label: nil, text: "in May", scalars: 4..<10, bytes: 4..<10, score: 0.75)
        let none = Span(label: nil, text: "", scalars: 0..<0, bytes: 0..<0, score: 0.5)
        let result = try spans([RowOutcome(spans: [answer, none]), RowOutcome(spans: [none])])
        #expect(
            try written(.quoted(comma), kind: .answerQuestions, names: ["q"], [row("when?"), row("who?")], result)
                == "q,answer,score,start,end,truncated\nwhen?,in May,0.75,4,10,false\nwho?,,0.5,,,false\n")
    }

    @Test func aRowThatDoesNotFitItsHeadingIsNamed() throws {
        let failure = #expect(throws: Failure.self) {
            try written(.quoted(comma), names: ["a", "b"], [row("x", "y"), row("x"), row("z", "z")], classified())
        }
        #expect(failure?.sentence == "row 2 has 1 columns, expected 2 as in the heading")
    }

    @Test func outcomesThatAreNotOneARowAreNotTaken() {
        var result = JobResult(rowCount: 2)
        let rows = ResultRows(
            firstRow: 0, count: 2, elementType: .float32, shape: [2, 0], digest: Digest(of: []), tokenCounts: [1, 1],
            outcomes: [RowOutcome()])
        let isTaken = result.append(rows, tensor: [])
        #expect(!isTaken)
    }
}
