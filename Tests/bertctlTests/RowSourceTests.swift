import Foundation
import Messages
import Testing
import bertctl

struct RowSourceTests {
    private func texts(_ content: [UInt8], _ layout: FileLayout) throws -> [String] {
        let url = FileManager.default.temporaryDirectory.appending(path: "texts-\(UUID().uuidString)")
        try Data(content).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        var source = try RowSource(url.path, layout)
        var texts: [String] = []
        while let row = try source.next() { texts.append(String(decoding: row.text.bytes, as: UTF8.self)) }
        #expect(source.fraction == 1)
        return texts
    }

    private func texts(_ content: String, _ layout: FileLayout) throws -> [String] {
        try texts(Array(content.utf8), layout)
    }

    @Test(
        arguments: [
            ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\r\nb\r\n", ["a", "b"]), ("\n\nx", ["", "", "x"]),
            ("\u{FEFF}a\n\u{FEFF}b", ["a", "\u{FEFF}b"]), ("a,b\t\"c\n", ["a,b\t\"c"]), ("a\0b\n", ["a\0b"]),
            ("\n", [""]),
        ] as [(String, [String])])
    func aLineIsAText(_ content: String, _ expected: [String]) throws {
        #expect(try texts(content, .lines) == expected)
    }

    @Test(
        arguments: [
            ("text\na\n", ["a"]), ("id,text\n1,a\n2,\"b, c\"\n", ["a", "b, c"]),
            ("text,id\r\n\"say \"\"hi\"\"\",1\r\n", ["say \"hi\""]),
            ("text\n\"two\nlines\"\nlast", ["two\nlines", "last"]), ("a,text\n1,\n", [""]), ("text\n\"\"\n", [""]),
            ("text,b\nx\"y,1\n", ["x\"y"]), ("\"text\",b\n\"q\"\r\n", ["q"]),
        ] as [(String, [String])])
    func aColumnOfCommaSeparatedValuesIsRead(_ content: String, _ expected: [String]) throws {
        #expect(try texts(content, .table(text: "text", second: nil, hasTabs: false)) == expected)
    }

    @Test func tabsHaveNoQuoting() throws {
        #expect(
            try texts("label\tsentence\n1\t\"a, b\n0\tc\"\n", .table(text: "sentence", second: nil, hasTabs: true)) == [
                "\"a, b", "c\"",
            ])
    }

    @Test func aMemberOfJSONLinesIsRead() throws {
        let content = #"{"id":1,"t":"a\nb"}"# + "\n" + #"{"t":"\u00e9\ud83d\ude00"}"#
        #expect(try texts(content, .jsonLines(text: "t", second: nil)) == ["a\nb", "é😀"])
    }

    @Test(
        arguments: [
            ("{\"t\":\"a\"}\n{\"u\":1}\n", FileLayout.jsonLines(text: "t", second: nil), ":2: "),
            ("nonsense\n", .jsonLines(text: "t", second: nil), ":1: "),
            ("[1]\n", .jsonLines(text: "t", second: nil), ":1: "),
            ("a,b\n1,2\n", .table(text: "text", second: nil, hasTabs: false), "no column 'text', found 'a', 'b'"),
            ("", .table(text: "text", second: nil, hasTabs: false), "the file is empty"),
            ("a,text\n1\n", .table(text: "text", second: nil, hasTabs: false), ":2: "),
            ("text\n\"a\n\nb", .table(text: "text", second: nil, hasTabs: false), ":2: a quote without an end"),
            ("text\n\"a\"b\n", .table(text: "text", second: nil, hasTabs: false), ":2: expected ','"),
            ("Text,b\n", .table(text: "text", second: nil, hasTabs: false), "did you mean 'Text'?"),
            ("text\n\"a\nb\"\n\"c", .table(text: "text", second: nil, hasTabs: false), ":4: a quote"),
        ] as [(String, FileLayout, String)])
    func whatCannotBeReadIsNamedWithItsLine(_ content: String, _ layout: FileLayout, _ sentence: String) throws {
        let failure = #expect(throws: Failure.self) { try texts(content, layout) }
        #expect(failure?.sentence.contains(sentence) == true, "\(failure?.sentence ?? "")")
        #expect(failure?.status == .badData)
    }

    @Test func bytesThatAreNoUTF8PassUntouched() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "texts-\(UUID().uuidString)")
        try Data([0x61, 0xFF, 0x0A]).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        var source = try RowSource(url.path, .lines)
        #expect(try source.next()?.text.bytes == [0x61, 0xFF])
    }

    @Test func longFilesAreReadPieceByPiece() throws {
        let lines = (0..<200_000).map { "line \($0)" }
        #expect(try texts(lines.joined(separator: "\n"), .lines) == lines)
    }

    @Test(
        arguments: [
            ("id;text\n1;a\n2;\"b; c\"\n", ["a", "b; c"]), ("id\ttext\n1\t\"a\tb\"\n", ["a\tb"]),
            ("id|text\n1|a,b\n", ["a,b"]), ("a;b,text\n1;2,x\n", ["x"]), ("\"a,b\";\"text\"\n1;x\n", ["x"]),
            ("text,\"say \"\"hi\"\"\"\na,b\n\n", ["a"]),
        ] as [(String, [String])])
    func theHeadingTellsWhatSeparatesColumns(_ content: String, _ expected: [String]) throws {
        #expect(try texts(content, .table(text: "text", second: nil, hasTabs: false)) == expected)
    }

    @Test func quotesAroundNamesWithTabsAreNoText() throws {
        let content = "\"id\"\t\"text\"\n1\t\"a\tb\"\n"
        #expect(try texts(content, .table(text: "text", second: nil, hasTabs: true)) == ["a\tb"])
    }

    @Test func pairsAndRecordsAreKept() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "rows-\(UUID().uuidString).csv")
        try Data("b,id,a\ny,1,x\n".utf8).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        var source = try RowSource(url.path, FileLayout(path: url.path, text: "a", second: "b"))
        let row = try #require(try source.next())
        #expect(row.text == "x" && row.second == "y")
        #expect(row.record == .fields(["y", "1", "x"].map { Array($0.utf8) }))
        #expect(source.heading?.names == ["b", "id", "a"])
    }

    @Test(
        arguments: [
            ("x/A.TSV", FileLayout.table(text: "t", second: nil, hasTabs: true)),
            ("a.csv", .table(text: "t", second: nil, hasTabs: false)),
            ("-", .table(text: "t", second: nil, hasTabs: false)),
            ("a.jsonl", .jsonLines(text: "t", second: nil)), ("a.NDJSON", .jsonLines(text: "t", second: nil)),
        ])
    func theNameOfAFileTellsItsLayout(_ path: String, _ layout: FileLayout) {
        #expect(FileLayout(path: path, text: "t", second: nil) == layout)
    }
}
