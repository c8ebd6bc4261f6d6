import BERT
import Foundation
import Messages
import Tasks
import Tensors

@testable import Worker

/// A model and one lane's workspace, as tests use them: texts in, vectors out.
struct EmbeddingBench {
    let model: EmbeddingModel
    private let workspace = LaneWorkspace()

    init(_ folder: URL) throws {
        model = try ModelInMemory(opening: folder, blas: BLAS.open(), kernels: Kernels.select()).embedding
    }

    func tokenize(_ text: String, _ options: EmbeddingOptions? = nil) throws -> TokenizedText {
        try model.tokenize(Text(text), model.plan(options ?? EmbeddingOptions()))
    }

    /// The bytes of one micro-batch.
    func bytes(_ texts: [String], _ options: EmbeddingOptions? = nil) throws -> [UInt8] {
        let plan = try model.plan(options ?? EmbeddingOptions())
        workspace.batch.removeAll()
        for text in texts { workspace.batch.append(ids: try model.tokenize(Text(text), plan).ids) }
        let vectors = model.embed(plan, on: workspace)
        return vectors.bytes(rows: 0..<vectors.rows, as: plan.resultType == .float16 ? .float16 : .float32)
    }

    /// The vectors of one micro-batch, of rows or of tokens.
    func vectors(_ texts: [String], _ options: EmbeddingOptions? = nil) throws -> [[Float]] {
        let bytes = try bytes(texts, options)
        let values = stride(from: 0, to: bytes.count, by: 4).map { offset in
            bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Float.self) }
        }
        let width = try model.plan(options ?? EmbeddingOptions()).width
        return stride(from: 0, to: values.count, by: width).map { Array(values[$0..<$0 + width]) }
    }

    /// The largest difference of two elements.
    static func distance(_ first: [Float], _ second: [Float]) -> Float {
        zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }

    static func cosine(_ first: [Float], _ second: [Float]) -> Double {
        func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
        return dot(first, second) / (dot(first, first) * dot(second, second)).squareRoot()
    }
}
