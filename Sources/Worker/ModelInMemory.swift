import BERT
import Foundation
import Messages
import ModelFiles
import Tensors

/// A model's folder in memory, and the work that it can do.
struct ModelInMemory: Sendable {
    let embedding: EmbeddingModel
    /// nil where the folder is an encoder alone.
    private let headed: HeadModel?

    /// Tokens of a row at most, special ones included.
    var maximumTokens: Int { embedding.maximumTokens }

    /// Opens a folder from Hugging Face or sentence-transformers; the weights stay where they are, mapped.
    init(opening url: URL, blas: BLAS, kernels: Kernels) throws(ServiceError) {
        do {
            let folder = try ModelFolder(opening: url)
            let base = try ModelBase(folder, blas: blas, kernels: kernels)
            embedding = try EmbeddingModel(base, folder, blas: blas)
            headed = try HeadModel(base, folder, at: url, blas: blas)
        } catch {
            throw ServiceError(opening: error)
        }
    }

    /// The work that `options` ask for.
    ///
    /// - Throws: for what the model does not have
    func work(_ options: WorkOptions) throws(ServiceError) -> any RowWork {
        switch options {
        case .embed(let options): try EmbeddingWork(embedding, options)
        case .classify(let options): ClassificationWork(try model(with: .sequence, .joint), options)
        case .tag(let options): TaggingWork(try model(with: .tokens, .joint), options)
        case .answer(let options): try AnsweringWork(try model(with: .span), options)
        }
    }

    /// The model with its head, where it is one of these.
    private func model(with kinds: TaskHead.Kind...) throws(ServiceError) -> HeadModel {
        if let headed, kinds.contains(headed.head.kind) { return headed }
        let expected = kinds.map(\.rawValue).joined(separator: " or ")
        let found = headed.map { "a \($0.head.kind.rawValue)" } ?? "an encoder without a head"
        throw ServiceError(.invalid, "the model is \(found), expected a \(expected)", field: "model")
    }
}

extension ServedModel {
    init(_ model: ModelInMemory) {
        self.init(maxTokens: model.maximumTokens) { (options) throws(ServiceError) in try model.work(options) }
    }
}
