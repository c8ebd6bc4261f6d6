import Foundation
import Testing

@testable import ModelFiles

@Suite struct FolderWriterTests {
    private let root: TemporaryFolder

    init() throws { root = try TemporaryFolder() }

    private var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: root.url.path).sorted() }
    }

    @Test func aFolderAppearsWhenItIsComplete() throws {
        let place = root.url.appending(path: "model")
        let folder = try FolderWriter(place)
        try folder.write(Data("one".utf8), to: "a.txt")
        try folder.write(Data("two".utf8), to: "deeper/b.txt")
        #expect(try names == [".model.partial"])
        #expect(folder.sizes["a.txt"] == 3)
        try folder.commit()
        #expect(try names == ["model"])
        #expect(try String(contentsOf: place.appending(path: "deeper/b.txt"), encoding: .utf8) == "two")
    }

    @Test func aFolderThatIsGivenUpLeavesTheOneBeforeIt() throws {
        let place = root.url.appending(path: "model")
        try write("old", to: place)
        let fault = ModelFileError.unwritable(file: "b.txt", reason: "No space left on device")
        #expect(throws: fault) {
            let folder = try FolderWriter(place)
            try folder.write(Data("new".utf8), to: "a.txt")
            throw fault
        }
        #expect(try names == ["model"])
        #expect(try String(contentsOf: place.appending(path: "a.txt"), encoding: .utf8) == "old")
        try write("new", to: place)
        #expect(try names == ["model"])
        #expect(try String(contentsOf: place.appending(path: "a.txt"), encoding: .utf8) == "new")
    }

    private func write(_ text: String, to place: URL) throws {
        let folder = try FolderWriter(place)
        try folder.write(Data(text.utf8), to: "a.txt")
        try folder.commit()
    }

    @Test func linksAndCopiesReplaceWhatIsThere() throws {
        let first = try root.write("first", to: "first")
        let second = try root.write("second", to: "second")
        let target = root.url.appending(path: "target")
        try FolderWriter.relink(first, as: target)
        try FolderWriter.relink(first, as: target)
        #expect(try String(contentsOf: target, encoding: .utf8) == "first")
        try FolderWriter.copy(second, as: target)
        #expect(try String(contentsOf: target, encoding: .utf8) == "second")
        #expect(try String(contentsOf: first, encoding: .utf8) == "first")
        #expect(try names == ["first", "second", "target"])
    }

    @Test func aFolderThatCannotBeMadeIsNamed() throws {
        let error = #expect(throws: ModelFileError.self) { try write("x", to: root.url.appending(path: "no/model")) }
        #expect(error.map { "\($0)" } == "cannot write '.model.partial': No such file or directory")
    }

    @Test func tensorsComeBackAsTheyWereWritten() throws {
        let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: 6)
        defer { values.deallocate() }
        let numbers: [Float] = [1, -0.0, .infinity, .leastNonzeroMagnitude, 1 / 3, 6]
        for (index, value) in numbers.enumerated() { values[index] = value }
        let folder = try FolderWriter(root.url.appending(path: "model"))
        let output = UnsafeBufferPointer(values)
        let tensors = [
            OutputTensor(name: "a.\"weight\"", shape: [2, 3], values: output),
            OutputTensor(name: "b", shape: [], values: .init(rebasing: output[0..<1])),
        ]
        try folder.write(tensors, to: "model.safetensors")
        try folder.commit()

        let file = try TensorFile(root.url.appending(path: "model/model.safetensors"))
        let found = UnsafeMutableBufferPointer<Float>.allocate(capacity: 6)
        defer { found.deallocate() }
        try file.copy("a.\"weight\"", shape: [2, 3], to: found)
        #expect(found.map(\.bitPattern) == values.map(\.bitPattern))
        try file.copy("b", shape: [], to: .init(rebasing: found[0..<1]))
        #expect(throws: ModelFileError.missingTensor(file: "model.safetensors", tensor: "c")) {
            try file.copy("c", shape: [], to: found)
        }
        #expect(throws: ModelFileError.tensorShape(file: "model.safetensors", tensor: "b", expected: [1], found: [])) {
            try file.copy("b", shape: [1], to: found)
        }
    }

    @Test func jsonIsWrittenInOrderAndReadsBack() throws {
        let value = JSONValue.object([
            "b": .array([.integer(1), .number(0.1), .number(2), .null, .bool(true)]), "a": .string("tab\t\"é\u{1}\\"),
            "c": .object([:]),
        ])
        #expect(value.text == #"{"a": "tab\t\"é\u0001\\", "b": [1, 0.1, 2.0, null, true], "c": {}}"#)
        let file = String(decoding: value.file, as: UTF8.self)
        #expect(file.hasPrefix("{\n  \"a\": ") && file.contains("\n    0.1,\n") && file.hasSuffix("}\n"))
        let back = try JSONValue(parsing: value.file, file: "x")
        #expect(back.text == value.text.replacing("2.0", with: "2"))
    }
}
