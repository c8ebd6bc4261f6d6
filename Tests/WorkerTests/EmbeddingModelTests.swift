import Foundation
import Messages
import ModelFiles
import Tasks
import TestSupport
import Testing

@testable import Worker

/// The tiny model of generate_tiny.py: its folder says cls and mean without the prompt, dense, normalize.
struct EmbeddingModelTests {
    static let folder = SharedData.repository.appending(path: "Tests/WorkerTests/tiny")
    static let texts = ["the river", "a quErying éEÉ.", "", "the river is zzz?"]
    let bench: EmbeddingBench

    init() throws {
        bench = try EmbeddingBench(Self.folder.appending(path: "model"))
    }

    func close(_ first: [[Float]], _ second: [[Float]], _ tolerance: Float = 1e-6) -> Bool {
        first.count == second.count
            && zip(first, second).allSatisfy { $0.count == $1.count && EmbeddingBench.distance($0, $1) <= tolerance }
    }

    @Test func wholeFolderIsHonoured() throws {
        let golden = try Golden(Self.folder)
        #expect(try golden.texts.map { try bench.tokenize($0).ids.count } == golden.tokens)
        #expect(close(try bench.vectors(golden.texts), golden.vectors, 1e-5))
    }

    @Test func promptGoesBeforeTheTextAndIsNotPooled() throws {
        let golden = try Golden(Self.folder)
        let query = try NPYArray(contentsOf: Self.folder.appending(path: "query.npy"))
        let vectors = try bench.vectors(golden.texts, EmbeddingOptions(prompt: "query"))
        #expect(close([vectors.flatMap { $0 }], [query.values], 1e-5))
    }

    @Test func namedPoolingTakesThePlaceOfTheModelsOwn() throws {
        func vectors(_ pooling: String) throws -> [[Float]] {
            try bench.vectors(Self.texts, EmbeddingOptions(pooling: pooling, normalize: false))
        }
        let tokens = try vectors("tokens")
        let counts = try Self.texts.map { try bench.tokenize($0).ids.count }
        #expect(tokens.count == counts.reduce(0, +) && tokens.allSatisfy { $0.count == 8 })
        var expected: [String: [[Float]]] = [:]
        var first = 0
        for count in counts {
            let rows = tokens[first..<first + count]
            let sums = (0..<8).map { column in rows.reduce(Float(0)) { $0 + $1[column] } }
            let mean = sums.map { $0 / Float(count) }
            let greatest = (0..<8).map { column in rows.map { $0[column] }.max() ?? 0 }
            expected["cls", default: []].append(tokens[first])
            expected["mean", default: []].append(mean)
            expected["max", default: []].append(greatest)
            expected["mean-max", default: []].append(mean + greatest)
            expected["sqrt-length", default: []].append(sums.map { $0 / Float(count).squareRoot() })
            first += count
        }
        for (pooling, vectors) in expected {
            #expect(
                close(try self.bench.vectors(Self.texts, EmbeddingOptions(pooling: pooling, normalize: false)), vectors)
            )
        }
    }

    @Test func vectorsHaveUnitLengthWhereAskedOrWhereTheModelDoesSo() throws {
        func lengths(_ pooling: String?, _ normalize: Bool?) throws -> [Float] {
            try bench.vectors(Self.texts, EmbeddingOptions(pooling: pooling, normalize: normalize))
                .map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        }
        for (pooling, normalize) in [(nil, nil), (nil, true), ("mean", nil), ("cls", true), ("tokens", true)] {
            #expect(try lengths(pooling, normalize).allSatisfy { abs($0 - 1) < 1e-6 })
        }
        for (pooling, normalize) in [(nil, false), ("mean", false), ("tokens", nil), ("tokens", false)] {
            #expect(try lengths(pooling, normalize).contains { abs($0 - 1) > 1e-3 })
        }
    }

    @Test func layersAreCountedFromEitherEnd() throws {
        func vectors(_ layer: Int) throws -> [[Float]] {
            try bench.vectors(Self.texts, EmbeddingOptions(pooling: "mean", layer: layer))
        }
        for (positive, negative) in [(0, -3), (1, -2), (2, -1)] { #expect(try vectors(positive) == vectors(negative)) }
        #expect(try vectors(0) != vectors(1) && vectors(1) != vectors(2))
    }

    @Test func halfPrecisionIsTheRoundedResult() throws {
        let halves = try bench.bytes(Self.texts, EmbeddingOptions(dtype: "float16"))
        let rounded = try bench.vectors(Self.texts).joined().map { Float16($0).bitPattern }
        let found = stride(from: 0, to: halves.count, by: 2).map { UInt16(halves[$0]) | UInt16(halves[$0 + 1]) << 8 }
        #expect(found == rounded)
    }

    @Test func rowDoesNotDependOnItsNeighbours() throws {
        let together = try bench.vectors(Self.texts)
        #expect(close(try Self.texts.map { try bench.vectors([$0])[0] }, together))
        #expect(close(try bench.vectors(Self.texts.reversed()).reversed(), together))
    }

    @Test func whatIsCutOffIsCounted() throws {
        let long = String(repeating: "river ", count: 40)
        let row = try bench.tokenize(long)
        #expect(row.ids.count == 24 && row.droppedTokens == 18)
        let shorter = try bench.tokenize(long, EmbeddingOptions(maxTokens: 5))
        #expect(shorter.ids.count == 5 && shorter.droppedTokens == 37)
        #expect(try bench.tokenize(long, EmbeddingOptions(maxTokens: 1_000)).ids.count == 24)
    }

    @Test(arguments: [("", true), (" \n", true), ("\0", true), ("x", false)])
    func rowWithoutTokensIsEmpty(text: String, isEmpty: Bool) throws {
        for options in try [nil, EmbeddingOptions(prompt: "query")] as [EmbeddingOptions?] {
            let row = try bench.tokenize(text, options)
            #expect(row.isEmpty == isEmpty && row.droppedTokens == 0)
        }
    }

    @Test(arguments: [[0xFF], [0x61, 0xC3], [0xED, 0xA0, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80]] as [[UInt8]])
    func rowThatIsNotUTF8IsRejected(bytes: [UInt8]) throws {
        let plan = try bench.model.plan(EmbeddingOptions())
        let error = #expect(throws: ServiceError.self) { try bench.model.tokenize(Text(bytes: bytes), plan) }
        #expect(error?.code == .invalidUTF8)
    }

    @Test func whatTheModelDoesNotHaveIsInvalid() throws {
        for (options, field, message) in [
            (try EmbeddingOptions(layer: 3), "layer", "layer 3, expected one from -3 to 2"),
            (try EmbeddingOptions(layer: -4), "layer", "layer -4, expected one from -3 to 2"),
            (try EmbeddingOptions(prompt: "x"), "prompt", "prompt 'x', expected 'document', 'none', 'query'"),
            (
                try EmbeddingOptions(maxTokens: 3, prompt: "query"), "prompt",
                "the prompt takes 3 of 3 tokens, expected less"
            ),
        ] {
            let error = #expect(throws: ServiceError.self) { try bench.model.plan(options) }
            #expect(error?.code == .invalid && error?.field == field && error?.message == message)
        }
    }

    @Test(
        arguments: [
            ("model.safetensors", nil, .damaged, "has no model.safetensors"),
            ("config.json", nil, .damaged, "has no config.json"),
            ("vocab.txt", nil, .damaged, "has no vocab.txt"),
            ("vocab.txt", "a\nb\n", .damaged, "[UNK]"),
            ("model.safetensors", "cut", .damaged, "'model.safetensors' is cut in its header"),
            ("config.json", "{\"model_type\": \"roberta\"}", .unsupported, "\"roberta\", expected \"bert\""),
            (
                "modules.json", "[{\"type\": \"my.Module\", \"path\": \"\"}]", .unsupported,
                "names the module 'my.Module'"
            ),
        ] as [(String, String?, ErrorCode, String)])
    func folderThatCannotBeServedSaysWhy(path: String, text: String?, code: ErrorCode, sentence: String) throws {
        let copy = FileManager.default.temporaryDirectory.appending(path: "tiny-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: copy) }
        try FileManager.default.copyItem(at: Self.folder.appending(path: "model"), to: copy)
        try FileManager.default.removeItem(at: copy.appending(path: path))
        if let text { try text.write(to: copy.appending(path: path), atomically: false, encoding: .utf8) }
        let error = #expect(throws: ServiceError.self) { _ = try EmbeddingBench(copy) }
        #expect(error?.code == code && error?.message.contains(sentence) == true, "\(String(describing: error))")
    }
}
