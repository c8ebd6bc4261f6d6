package import Tensors

/// sentence-transformers' `Normalize` module: each vector divided by its Euclidean length.
package struct Normalize: Sendable {
    private let kernels: Kernels

    package init(kernels: Kernels) { self.kernels = kernels }

    /// `[vectors, width]`, in place; a vector of zeros stays so.
    package func apply(_ vectors: Matrix) { kernels.scaleToUnit(vectors) }
}
