import Foundation
import Messages
import Tensors

/// The models of this machine's store, by the digest of their manifest.
struct ModelLibrary: Sendable {
    /// Whole folders, one a digest in hexadecimal: what is not whole is not here.
    private let folders: URL
    private let blas: BLAS
    private let kernels: Kernels

    init(stateFolder: URL, blas: BLAS, kernels: Kernels) {
        folders = stateFolder.appending(path: "store/folders")
        self.blas = blas
        self.kernels = kernels
    }

    /// Opens a model: maps its weights and reads its tokenizer.
    @Sendable func open(_ digest: Digest) throws(ModelFailure) -> ServedModel {
        let folder = folders.appending(path: digest.hex)
        guard FileManager.default.fileExists(atPath: folder.path) else {
            throw ModelFailure(
                .refused, ServiceError(.unknownModel, "model \(digest.hex) is not in \(folders.path)", field: "model"))
        }
        do {
            return ServedModel(try EmbeddingModel(opening: folder, blas: blas, kernels: kernels))
        } catch {
            throw ModelFailure(.failed, error)
        }
    }
}
