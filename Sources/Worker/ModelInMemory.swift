import BERT
import Foundation
import Messages
import ModelFiles
import Tensors

/// A model's folder in memory, and the work that it can do.
struct ModelInMemory: Sendable {
    private let base: ModelBase
    let embedding: EmbeddingModel

    /// Tokens of a row at most, special ones included.
    var maximumTokens: Int { embedding.maximumTokens }

    /// Opens a folder from Hugging Face or sentence-transformers; the weights stay where they are, mapped.
    init(opening url: URL, blas: BLAS, kernels: Kernels) throws(ServiceError) {
        do {
            let folder = try ModelFolder(opening: url)
            base = try ModelBase(folder, blas: blas, kernels: kernels)
            embedding = try EmbeddingModel(base, folder, blas: blas)
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
        }
    }
}

extension ServedModel {
    init(_ model: ModelInMemory) {
        self.init(maxTokens: model.maximumTokens) { (options) throws(ServiceError) in try model.work(options) }
    }
}
