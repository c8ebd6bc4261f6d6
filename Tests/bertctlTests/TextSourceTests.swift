import Foundation
import Messages
import Testing
import bertctl

struct TextSourceTests {
    private func texts(_ content: [UInt8], _ layout: TextSource.Layout) throws -> [String] {
        let url = FileManager.default.temporaryDirectory.appending(path: "texts-\(UUID().uuidString)")
        try Data(content).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        var source = try TextSource(url.path, layout)
        var texts: [String] = []
        while let text = try source.next() { texts.append(String(decoding: text.bytes, as: UTF8.self)) }
        #expect(source.fraction == 1)
        return texts
    }

    private func texts(_ content: String, _ layout: TextSource.Layout) throws -> [String] {
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
        #expect(try texts(content, .table(column: "text", .commas)) == expected)
    }

    @Test func tabsHaveNoQuoting() throws {
        #expect(
            try texts("label\tsentence\n1\t\"a, b\n0\tc\"\n", .table(column: "sentence", .tabs)) == ["\"a, b", "c\""])
    }

    @Test func aMemberOfJSONLinesIsRead() throws {
        let content = #"{"id":1,"t":"a\nb"}"# + "\n" + #"{"t":"\u00e9\ud83d\ude00"}"#
        #expect(try texts(content, .jsonLines(field: "t")) == ["a\nb", "é😀"])
    }

    @Test(
        arguments: [
            ("{\"t\":\"a\"}\n{\"u\":1}\n", TextSource.Layout.jsonLines(field: "t"), ":2: "),
            ("nonsense\n", .jsonLines(field: "t"), ":1: "), ("[1]\n", .jsonLines(field: "t"), ":1: "),
            ("a,b\n1,2\n", .table(column: "text", .commas), "no column 'text', found 'a', 'b'"),
            ("", .table(column: "text", .commas), "no column"),
            ("a,text\n1\n", .table(column: "text", .commas), ":2: "),
            ("text\n\"a\n\nb", .table(column: "text", .commas), ":2: a quote without an end"),
            ("text\n\"a\"b\n", .table(column: "text", .commas), ":2: expected a comma"),
            ("text\n\"a\nb\"\n\"c", .table(column: "text", .commas), ":4: a quote"),
        ] as [(String, TextSource.Layout, String)])
    func whatCannotBeReadIsNamedWithItsLine(_ content: String, _ layout: TextSource.Layout, _ sentence: String) throws {
        let failure = #expect(throws: Failure.self) { try texts(content, layout) }
        #expect(failure?.sentence.contains(sentence) == true, "\(failure?.sentence ?? "")")
        #expect(failure?.status == .badData)
    }

    @Test func bytesThatAreNoUTF8PassUntouched() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "texts-\(UUID().uuidString)")
        try Data([0x61, 0xFF, 0x0A]).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        var source = try TextSource(url.path, .lines)
        #expect(try source.next()?.bytes == [0x61, 0xFF])
    }

    @Test func longFilesAreReadPieceByPiece() throws {
        let lines = (0..<200_000).map { "line \($0)" }
        #expect(try texts(lines.joined(separator: "\n"), .lines) == lines)
    }

    @Test func theNameOfAFileTellsItsSeparator() {
        #expect(TextSource.Table(path: "x/A.TSV") == .tabs)
        #expect(TextSource.Table(path: "a.csv") == .commas)
        #expect(TextSource.Table(path: "-") == .commas)
    }
}
