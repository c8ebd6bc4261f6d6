import Foundation
import ModelFiles
import Tasks
import TestSupport
import Testing

@testable import Worker

/// What sentence-transformers makes of all-MiniLM-L6-v2, from generate_minilm.py.
@Suite(.enabled(if: TestModel.isPresent, "\(TestModel.absent)"))
struct EmbeddingModelGoldenTests {
    let bench: EmbeddingBench

    init() throws {
        bench = try EmbeddingBench(TestModel.url)
    }

    @Test func fortyTextsAgreeWithTheReference() throws {
        let folder = SharedData.repository.appending(path: "Tests/WorkerTests/minilm")
        #expect(try agreement(with: Golden(folder)) >= 0.99999)
    }

    /// 1 000 texts of mixed length, some of them longer than 256 and 512 tokens.
    @Test(.enabled(if: Golden.generated != nil, "needs BERTD_GOLDEN_DIR with what generate_minilm.py writes"))
    func thousandTextsAgreeWithTheReference() throws {
        let golden = try Golden(#require(Golden.generated))
        let least = try agreement(with: golden)
        print("\(golden.texts.count) texts, least cosine \(least)")
        #expect(golden.texts.count >= 1_000 && least >= 0.99999)
    }

    @Test func textHasTheSameVectorAloneAndInAnyBatch() throws {
        let folder = SharedData.repository.appending(path: "Tests/WorkerTests/minilm")
        let texts = try Golden(folder).texts
        let alone = try texts.map { try bench.vectors([$0])[0] }
        for size in [2, 7, texts.count] {
            for first in stride(from: 0, to: texts.count, by: size) {
                let range = first..<min(first + size, texts.count)
                let together = try bench.vectors(Array(texts[range]))
                for (index, vector) in zip(range, together) {
                    #expect(
                        EmbeddingBench.distance(vector, alone[index]) <= 1e-6, "text \(index) of \(size) in a batch")
                }
            }
        }
    }

    /// The least cosine, where the tokens of every row are as many as the reference's.
    private func agreement(with golden: Golden) throws -> Double {
        var least = 1.0
        for first in stride(from: 0, to: golden.texts.count, by: 16) {
            let range = first..<min(first + 16, golden.texts.count)
            let texts = Array(golden.texts[range])
            let rows = try texts.map { try bench.tokenize($0) }
            #expect(rows.map(\.ids.count) == Array(golden.tokens[range]))
            for (index, vector) in zip(range, try bench.vectors(texts)) {
                least = min(least, EmbeddingBench.cosine(vector, golden.vectors[index]))
            }
        }
        return least
    }
}

/// What generate_minilm.py and generate_tiny.py write.
struct Golden {
    static let generated = ProcessInfo.processInfo.environment["BERTD_GOLDEN_DIR"].map { URL(filePath: $0) }

    let texts: [String]
    /// Tokens of each row after truncation.
    let tokens: [Int]
    let vectors: [[Float]]

    init(_ folder: URL) throws {
        let decoder = JSONDecoder()
        texts = try decoder.decode([String].self, from: Data(contentsOf: folder.appending(path: "texts.json")))
        tokens = try decoder.decode([Int].self, from: Data(contentsOf: folder.appending(path: "tokens.json")))
        let array = try NPYArray(contentsOf: folder.appending(path: "vectors.npy"))
        let width = array.shape[1]
        vectors = (0..<array.shape[0]).map { Array(array.values[$0 * width..<($0 + 1) * width]) }
    }
}
