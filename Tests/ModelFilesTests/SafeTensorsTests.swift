import Foundation
import Testing

@testable import ModelFiles

struct SafeTensorsTests {
    let folder: TemporaryFolder
    let url: URL

    init() throws {
        folder = try TemporaryFolder()
        url = folder.url.appending(path: "model.safetensors")
    }

    func open(_ bytes: [UInt8]) throws -> [String: MappedTensor] {
        try folder.write(bytes, to: "model.safetensors")
        return try SafeTensors(MappedFile(url, name: "model.safetensors")).tensors
    }

    func error(_ bytes: [UInt8]) throws -> ModelFileError? {
        do {
            _ = try open(bytes)
            return nil
        } catch let error as ModelFileError {
            return error
        }
    }

    func error(header: String, dataCount: Int) throws -> ModelFileError? {
        try error(SafeTensorsFile.bytes(header: header.utf8, dataCount: dataCount))
    }

    /// From generate_safetensors.py.
    static let golden = """
        WAEAAAAAAAB7Il9fbWV0YWRhdGFfXyI6eyJmb3JtYXQiOiJwdCJ9LCJwb3NpdGlvbl9pZHMiOnsiZHR5cGUiOiJJNjQiLCJzaGFwZSI6WzEs\
        NF0sImRhdGFfb2Zmc2V0cyI6WzAsMzJdfSwiYi53ZWlnaHQiOnsiZHR5cGUiOiJGMzIiLCJzaGFwZSI6WzIsM10sImRhdGFfb2Zmc2V0cyI6\
        WzMyLDU2XX0sImVtcHR5Ijp7ImR0eXBlIjoiRjMyIiwic2hhcGUiOlswLDVdLCJkYXRhX29mZnNldHMiOls1Niw1Nl19LCJhIjp7ImR0eXBl\
        IjoiRjE2Iiwic2hhcGUiOlszXSwiZGF0YV9vZmZzZXRzIjpbNTYsNjJdfSwic2NhbGFyIjp7ImR0eXBlIjoiVTgiLCJzaGFwZSI6W10sImRh\
        dGFfb2Zmc2V0cyI6WzYyLDYzXX19ICAgICAgIAAAAAAAAAAAAQAAAAAAAAACAAAAAAAAAAMAAAAAAAAAAAAgwAAAwL8AAAC/AAAAPwAAwD8A\
        ACBAADwAvP97Bw==
        """

    @Test func readsWhatTheReferenceWrites() throws {
        let file = try #require(Data(base64Encoded: Self.golden))
        let tensors = try open(Array(file))
        #expect(tensors.keys.sorted() == ["a", "b.weight", "empty", "position_ids", "scalar"])
        let weight = try #require(tensors["b.weight"])
        #expect(weight.dtype == .float32 && weight.shape == [2, 3])
        let floats = weight.withBytes { bytes in
            (0..<6).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
        }
        #expect(floats == [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5])
        #expect(tensors["a"]?.dtype == .float16 && tensors["a"]?.shape == [3])
        #expect(tensors["a"].map { $0.withBytes(Array.init) } == [0, 0x3C, 0, 0xBC, 0xFF, 0x7B])
        #expect(tensors["position_ids"]?.dtype == .int64 && tensors["position_ids"]?.range.count == 32)
        #expect(tensors["empty"]?.shape == [0, 5] && tensors["empty"]?.range.count == 0)
        #expect(tensors["scalar"]?.shape == [] && tensors["scalar"].map { $0.withBytes(Array.init) } == [7])
    }

    @Test(arguments: 0..<4) func dataMayStartAtAnyAlignment(padding: Int) throws {
        let header = #"{"x":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}"# + String(repeating: " ", count: padding)
        let tensors = try open(SafeTensorsFile.bytes(header: header.utf8, dataCount: 3))
        #expect(tensors["x"].map { $0.withBytes(Array.init) } == [0, 1, 2])
    }

    @Test func tensorOutlivesItsFileAndReader() throws {
        let tensor = try #require(try open(SafeTensorsFile.bytes([("x", [2])]))["x"])
        try FileManager.default.removeItem(at: url)
        #expect(tensor.withBytes(Array.init) == [0, 1, 2, 3, 4, 5, 6, 7])
    }

    @Test func everyTruncationNamesWhatIsCut() throws {
        let tensors = [("first", [3]), ("empty", [0]), ("second", [2, 2]), ("third", [1])]
        let whole = SafeTensorsFile.bytes(tensors)
        let dataStart = whole.count - 32
        let ends = [("first", 12), ("second", 28), ("third", 32)]
        #expect(try error(whole) == nil)
        for length in 0..<whole.count {
            let found = try error(Array(whole.prefix(length)))
            let cut = ends.first { length < dataStart + $0.1 }
            if length < dataStart {
                let expected = length < 8 ? 8 : dataStart
                #expect(
                    found
                        == .headerCut(file: "model.safetensors", expectedBytes: expected, foundBytes: length))
            } else {
                let (name, end) = try #require(cut)
                #expect(
                    found
                        == .tensorCut(
                            file: "model.safetensors", tensor: name, expectedBytes: dataStart + end, foundBytes: length)
                )
            }
        }
    }

    @Test func cutIsSaidInOneSentence() throws {
        let whole = SafeTensorsFile.bytes([("encoder.weight", [4])])
        #expect(
            try error(Array(whole.dropLast()))?.description
                == "'model.safetensors' is cut in tensor 'encoder.weight': it has 91 bytes, expected at least 92")
    }

    @Test(arguments: [
        (
            #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}"#, 12,
            "tensor 'x' of 'model.safetensors' starts at"
        ),
        (
            #"{"x":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"y":{"dtype":"U8","shape":[8],"data_offsets":[4,12]}}"#,
            12, "tensor 'y' of 'model.safetensors' starts at byte 4 of the data, expected 8"
        ),
        (#"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#, 4, "expected those of F32 [2]"),
        (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, 5, "goes on after its last tensor"),
        (
            #"{"x":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}"#, 4,
            "field 'x.dtype' of 'model.safetensors' is \"F31\""
        ),
        (
            #"{"x":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4,
            "field 'x.shape' of 'model.safetensors' is -1"
        ),
        (
            #"{"x":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}"#, 4,
            "field 'x.shape' of 'model.safetensors' is 1.5"
        ),
        (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}"#, 4, "field 'x.data_offsets'"),
        (#"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0]}}"#, 4, "field 'x.data_offsets'"),
        (#"{"x":{"dtype":"F32","shape":[1]}}"#, 4, "has no field 'x.data_offsets'"),
        (#"{"x":{"shape":[1],"data_offsets":[0,4]}}"#, 4, "has no field 'x.dtype'"),
        (#"{"x":7}"#, 4, "field 'x' of 'model.safetensors' is 7, expected an object"),
        (#"[1]"#, 0, "field '(the whole file)' of 'model.safetensors' is a list of 1, expected an object"),
        (#"{"x":{"#, 0, "'model.safetensors' is not valid JSON"),
        ("", 0, "'model.safetensors' is not valid JSON"),
        (String(repeating: #"{"x":"#, count: 100_000), 0, "'model.safetensors' is not valid JSON"),
        (
            #"{"x":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0,
            "expected those of F32 [4611686018427387904, 4]"
        ),
        (
            #"{"x":{"dtype":"U8","shape":[9223372036854775807],"data_offsets":[0,9223372036854775807]}}"#, 1,
            "'model.safetensors' is cut in tensor 'x'"
        ),
    ])
    func everyFaultNamesFileAndPlace(header: String, dataCount: Int, sentence: String) throws {
        let found = try #require(try error(header: header, dataCount: dataCount))
        #expect(found.description.contains(sentence), "\(found)")
    }

    @Test func headerOverTheFormatsLimitIsRefused() throws {
        let length: [UInt8] = [1, 0xE1, 0xF5, 5, 0, 0, 0, 0]  // 100 000 001
        #expect(
            try error(length)
                == .headerTooLarge(file: "model.safetensors", limit: 100_000_000, found: 100_000_001))
        #expect(
            try error([UInt8](repeating: 0xFF, count: 8))
                == .headerTooLarge(file: "model.safetensors", limit: 100_000_000, found: .max))
    }

    @Test func whatIsNotAFileIsRefused() throws {
        #expect(throws: ModelFileError.unreadable(file: "x", reason: "it is not a regular file")) {
            try MappedFile(folder.url, name: "x")
        }
        #expect(throws: ModelFileError.unreadable(file: "x", reason: "No such file or directory")) {
            try MappedFile(url, name: "x")
        }
    }

    /// Bytes of a small file are replaced, most of them in the header: it is opened or refused, and what is opened can
    /// be read to the last byte. 100 000 times where `BERTD_TEST_ALL` is set.
    @Test func mutatedFileNeverTraps() throws {
        let seed: UInt64 = 20_240_607
        let rounds = ProcessInfo.processInfo.environment["BERTD_TEST_ALL"] == nil ? 1_000 : 100_000
        var generator = SeededGenerator(seed: seed)
        let header =
            #"{"a":{"dtype":"F16","shape":[2,3],"data_offsets":[0,12]},"b":{"dtype":"U8","shape":[1],"data_offsets":[12,13]}}"#
        let whole = SafeTensorsFile.bytes(header: header.utf8, dataCount: 13)
        let interesting = Array(#"{}[]":,.-0123456789eE+tfn\ "#.utf8) + [0, 0x7F, 0x80, 0xFF]
        var opened = 0
        for _ in 0..<rounds {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] = interesting.randomElement(using: &generator) ?? 0
            }
            bytes.removeLast(Int.random(in: 0...9, using: &generator) == 0 ? 1 : 0)
            guard let tensors = try? open(bytes) else { continue }
            opened += 1
            for tensor in tensors.values { _ = tensor.withBytes { $0.reduce(0, &+) } }
        }
        #expect(opened > 0 && opened < rounds, "seed \(seed)")
    }
}
