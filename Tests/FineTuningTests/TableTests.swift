import Foundation
import Testing

@testable import FineTuning

/// A file of data that was never on disk.
private func file(_ text: String, _ name: String = "reviews.csv") throws(FineTuningError) -> TextFile {
    try TextFile(name: name, bytes: Array(text.utf8))
}

private func values(_ text: String, _ columns: [String], name: String = "reviews.csv") throws -> [[String?]] {
    try Table(file(text, name), columns: columns).rows.map(\.values)
}

@Suite struct TableTests {
    @Test(arguments: [",", "\t", ";", "|"], ["\n", "\r\n"])
    func theDelimiterIsFoundOutAndLineEndsAreNoText(delimiter: String, end: String) throws {
        let lines = [["id", "body", "rating"], ["1", "good, or so", "5"], ["2", "bad; really\tbad", "1"]]
        let text = lines.map { fields in
            fields.map { $0.contains(where: { ",\t;|".contains($0) }) ? "\"\($0)\"" : $0 }.joined(separator: delimiter)
        }
        let rows = try values(text.joined(separator: end) + end, ["body", "rating"])
        #expect(rows == [["good, or so", "5"], ["bad; really\tbad", "1"]])
    }

    @Test func theDelimiterIsTheOneThatYieldsTheColumns() throws {
        // More semicolons than commas in the header, but no column of these names.
        #expect(try values("body,label,a;b;c;d;e\ntext,1,x\n", ["body", "label"]) == [["text", "1"]])
        #expect(try values("body;label\na, b, c, d;1\n", ["body", "label"]) == [["a, b, c, d", "1"]])
    }

    @Test func aQuotedFieldMayHoldAnything() throws {
        let text = "text,label\r\n\"a \"\"word\"\", a\ttab\nand a line\",x\r\n\"\",y\n"
        #expect(try values(text, ["text", "label"]) == [["a \"word\", a\ttab\nand a line", "x"], ["", "y"]])
    }

    @Test func aQuoteInsideAFieldIsText() throws {
        #expect(try values("text,label\n5\" pipe,x\n", ["text", "label"]) == [["5\" pipe", "x"]])
    }

    @Test func linesAreCountedThroughQuotedFields() throws {
        let table = try Table(file("text,label\n\"a\nb\nc\",x\n\nd,y\n"), columns: ["label"])
        #expect(table.rows.map(\.line) == [2, 6])
    }

    @Test func quotesAreTextWhereOnlySoTheTabsMakeSense() throws {
        let text = "id\ttext\tlabel\n1\t\"He said so.\t0\n2\tShe said \"no\".\t1\n"
        #expect(
            try values(text, ["text", "label"], name: "pairs.tsv") == [
                ["\"He said so.", "0"], ["She said \"no\".", "1"],
            ])
        #expect(
            try values("text\tlabel\n\"a\tb\"\t0\n", ["text", "label"], name: "pairs.tsv") == [["a\tb", "0"]])
    }

    @Test func aByteOrderMarkIsNoPartOfTheFirstColumn() throws {
        #expect(try values("\u{FEFF}text,label\na,b\n", ["text", "label"]) == [["a", "b"]])
        #expect(try values("\u{FEFF}{\"text\": \"a\"}\n", ["text"], name: "x.jsonl") == [["a"]])
    }

    @Test func aLastLineNeedsNoEnd() throws {
        #expect(try values("text,label\na,b", ["text", "label"]) == [["a", "b"]])
        #expect(try values("text,label\na,", ["text", "label"]) == [["a", ""]])
        #expect(try values("text,label\na,\"b\"", ["text", "label"]) == [["a", "b"]])
    }

    @Test func jsonLinesGiveTheirMembersAsTheyWouldBeWritten() throws {
        let text = #"""
            {"text": "a \"b\"\n\u00e9", "label": 5, "other": [1, 2]}

            {"label": 4.5, "text": "c"}
            {"label": true, "text": ""}
            """#
        #expect(
            try values(text, ["text", "label"], name: "rows.jsonl")
                == [["a \"b\"\né", "5"], ["c", "4.5"], ["", "true"]])
    }

    @Test(arguments: [
        ("", "reviews.csv: expected rows, found an empty file"),
        ("\u{FEFF}\r\n \n", "reviews.csv: expected rows, found an empty file"),
        ("text,label\n", "reviews.csv: expected rows under the header, found none"),
        (
            "text,labell,id\na,b,c\n",
            "reviews.csv, line 1, field 'label': expected a column of this name, "
                + "found 'text', 'labell', 'id'; did you mean 'labell'?"
        ),
        ("text,label\na,b\nc\n", "reviews.csv, line 3: expected 2 fields, as in the header, found 1"),
        ("text,label\na,b,c\n", "reviews.csv, line 2: expected 2 fields, as in the header, found 3"),
        ("text,label\n\"a,b\nc,d\n", "reviews.csv, line 2: expected a quote that ends the field, found none"),
        (
            "text,label\n\"a\"b,c\n",
            "reviews.csv, line 2: expected a delimiter or the line's end after a quoted field, found 'b,c\n'"
        ),
        (
            "{\"text\": \"a\", \"label\": 1}\n{\"text\": \"b\"}\n",
            "reviews.csv, line 2, field 'label': expected a column of this name, found 'text'"
        ),
        (
            "{\"text\": \"a\", \"label\": null}\n",
            "reviews.csv, line 1, field 'label': expected a text or a number, found null"
        ),
        (
            "{\"text\": \"a\", \"label\": [1]}\n",
            "reviews.csv, line 1, field 'label': expected a text or a number, found a list"
        ),
        ("{\"text\": \"a\", \"label\": 1}\n[1]\n", "reviews.csv, line 2: expected a JSON object a line, found a list"),
        ("{\"text\": \n", "reviews.csv, line 1: expected a JSON object a line, found no JSON at byte 9 of the line"),
    ])
    func aFileThatCannotBeReadSaysWhere(text: String, sentence: String) {
        let error = #expect(throws: FineTuningError.self) { try Table(file(text), columns: ["text", "label"]) }
        #expect(error?.description == sentence)
    }

    @Test func whatIsNotUTF8IsRefusedAtItsLine() {
        let bytes = Array("text,label\na,b\n".utf8) + [0x63, 0xE9, 0x2C, 0x64, 0x0A]
        let error = #expect(throws: FineTuningError.self) { try TextFile(name: "old.csv", bytes: bytes) }
        #expect(error?.description == "old.csv, line 3: expected UTF-8, found other bytes")
        #expect(error?.place.line == 3)
    }

    @Test func aFileThatIsNotThereIsNamed() {
        let error = #expect(throws: FineTuningError.self) { try TextFile(.init(filePath: "/nowhere/reviews.csv")) }
        #expect(error?.place.file == "reviews.csv")
    }

    /// Every beginning of a good file is read or refused, and never more than it holds.
    @Test func aFileCutAnywhereIsReadOrRefused() throws {
        let text = Array("text,label\r\n\"a \"\"b\"\"\nc\",x\r\nd,\"y\"\r\n".utf8)
        for length in 0...text.count {
            let part = Array(text[..<length])
            let rows = try? Table(TextFile(name: "cut.csv", bytes: part), columns: ["text", "label"]).rows.count
            #expect(rows ?? 0 <= 2)
        }
    }
}
