import Foundation
import Testing

@testable import ModelFiles

struct NPYTests {
    let folder: TemporaryFolder
    let url: URL

    init() throws {
        folder = try TemporaryFolder()
        url = folder.url.appending(path: "v.npy")
    }

    /// From generate_npy.py: the rows below, saved by numpy.
    static let golden: [NPYElement: String] = [
        .float32: """
        k05VTVBZAQB2AHsnZGVzY3InOiAnPGY0JywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAg\
        ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAAAAADAPwAAEMAA4H9HAAAAgAAA\
        gDg=
        """,
        .float16: """
        k05VTVBZAQB2AHsnZGVzY3InOiAnPGYyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsIDMpLCB9ICAgICAg\
        ICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAoAAAA+gMD/ewCAAAQ=
        """,
    ]
    static let rows: [Float] = [0, 1.5, -2.25, 65504, -0.0, 6.103515625e-05]

    func golden(_ element: NPYElement) throws -> Data {
        let text = try #require(Self.golden[element])
        return try #require(Data(base64Encoded: text))
    }

    func bytes(_ values: [Float], _ element: NPYElement) -> [UInt8] {
        values.flatMap { value in
            let bits = element == .float32 ? value.bitPattern : UInt32(Float16(value).bitPattern)
            return (0..<element.byteCount).map { UInt8(truncatingIfNeeded: bits >> ($0 * 8)) }
        }
    }

    func write(_ values: [Float], _ element: NPYElement, width: Int) throws -> Int {
        var writer = try NPYWriter(appendingTo: url, element: element, width: width)
        try writer.append(bytes(values, element).span.bytes)
        let rowCount = writer.rowCount
        try writer.finish()
        return rowCount
    }

    @Test(arguments: NPYElement.allCases) func writesTheBytesThatNumpyWrites(element: NPYElement) throws {
        #expect(try write(Self.rows, element, width: 3) == 2)
        #expect(try Data(contentsOf: url) == golden(element))
    }

    @Test(arguments: NPYElement.allCases) func readsWhatNumpyWrites(element: NPYElement) throws {
        try folder.write(golden(element), to: "v.npy")
        let array = try NPYArray(contentsOf: url)
        #expect(array.element == element && array.shape == [2, 3])
        #expect(array.values.map(\.bitPattern) == Self.rows.map(\.bitPattern))
    }

    @Test func fileCutAtAnyLengthIsContinuedToTheSameBytes() throws {
        var writer = try NPYWriter(appendingTo: url, element: .float32, width: 3)
        try writer.append(bytes(Self.rows, .float32).span.bytes)
        let begun = try Data(contentsOf: url)
        try writer.finish()
        let whole = try Data(contentsOf: url)
        for length in 0..<begun.count {
            try folder.write(begun.prefix(length), to: "v.npy")
            var writer = try NPYWriter(appendingTo: url, element: .float32, width: 3)
            let expected = max(0, length - 128) / 12
            #expect(writer.rowCount == expected)
            try writer.append(bytes(Array(Self.rows.dropFirst(expected * 3)), .float32).span.bytes)
            try writer.finish()
            #expect(try Data(contentsOf: url) == whole)
        }
    }

    @Test func finishedFileGrows() throws {
        #expect(try write([1, 2], .float16, width: 1) == 2)
        #expect(try write([3], .float16, width: 1) == 3)
        #expect(try NPYArray(contentsOf: url).values == [1, 2, 3])
    }

    @Test func unfinishedFileSaysThatItHasNoRows() throws {
        var writer = try NPYWriter(appendingTo: url, element: .float32, width: 2)
        try writer.append(bytes([1, 2], .float32).span.bytes)
        let text = try String(decoding: Data(contentsOf: url).prefix(128), as: UTF8.self)
        #expect(text.contains("'shape': (0, 2)"))
        try writer.finish()
    }

    @Test func anotherKindOfFileIsNeverOverwritten() throws {
        _ = try write([1, 2], .float32, width: 2)
        let begun = try Data(contentsOf: url)
        for (element, width) in [(NPYElement.float32, 3), (.float16, 2)] {
            #expect(
                throws: ModelFileError.array(
                    file: "v.npy", expected: "rows of \(width) numbers of type \(element.rawValue)",
                    found: "an array [1, 2] of type <f4")
            ) { try NPYWriter(appendingTo: url, element: element, width: width).finish() }
        }
        #expect(try Data(contentsOf: url) == begun)

        try folder.write("a letter to grandmother", to: "v.npy")
        #expect(
            throws: ModelFileError.array(file: "v.npy", expected: "the start of an .npy file", found: "other bytes")
        ) { try NPYWriter(appendingTo: url, element: .float32, width: 2).finish() }
        #expect(try String(contentsOf: url, encoding: .utf8) == "a letter to grandmother")
    }

    @Test func partOfARowIsRefused() throws {
        var writer = try NPYWriter(appendingTo: url, element: .float32, width: 2)
        do {
            try writer.append([UInt8](repeating: 0, count: 12).span.bytes)
            Issue.record("12 bytes are one row and a half")
        } catch {
            #expect(error == .array(file: "v.npy", expected: "rows of 8 bytes", found: "12 bytes to append"))
        }
        #expect(writer.rowCount == 0)
        try writer.finish()
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "needs /dev/full"))
    func fullDiskIsSaid() throws {
        try FileManager.default.createSymbolicLink(atPath: url.path, withDestinationPath: "/dev/full")
        #expect(throws: ModelFileError.self) {
            try NPYWriter(appendingTo: url, element: .float32, width: 2).finish()
        }
    }

    @Test func cutOrMutatedFileNeverTraps() throws {
        let whole = try Array(golden(.float16))
        for length in 0..<whole.count {
            try folder.write(whole.prefix(length), to: "v.npy")
            #expect(throws: ModelFileError.self) { try NPYArray(contentsOf: url) }
        }
        let seed: UInt64 = 7
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            var bytes = whole
            for _ in 0..<3 {
                bytes[Int.random(in: 0..<80, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            try folder.write(bytes, to: "v.npy")
            if let array = try? NPYArray(contentsOf: url) {
                #expect(array.values.count == array.shape.reduce(1, *), "seed \(seed)")
            }
        }
    }
}
