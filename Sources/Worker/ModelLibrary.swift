import Foundation
import Messages
import Store
import Tensors

/// The models of this machine's store, by the digest of their manifest.
struct ModelLibrary: Sendable {
    private let store: URL
    private let blas: BLAS
    private let kernels: Kernels

    init(stateFolder: URL, blas: BLAS, kernels: Kernels) {
        store = stateFolder.appending(path: "store")
        self.blas = blas
        self.kernels = kernels
    }

    /// Opens a model: maps its weights and reads its tokenizer.
    @Sendable func open(_ digest: Digest) throws(LeaseFailure) -> ServedModel {
        guard let folder = Store.madeFolder(digest, in: store) else {
            throw LeaseFailure(
                .refused, ServiceError(.unknownModel, "model \(digest.hex) is not in \(store.path)", field: "model"))
        }
        do {
            return ServedModel(try ModelInMemory(opening: folder, blas: blas, kernels: kernels))
        } catch {
            throw LeaseFailure(.failed, error)
        }
    }
}
