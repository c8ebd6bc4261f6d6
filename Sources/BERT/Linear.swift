import Tensors

/// A linear map, its bias and the function of each element that follows.
struct Linear: Sendable {
    let weight: WeightMatrix
    let bias: Tensor
    let activation: Activation
    let kernels: Kernels

    init(weight: Tensor, bias: Tensor, activation: Activation = .identity, blas: BLAS, kernels: Kernels) {
        precondition(bias.shape == [weight.shape[0]], "bias \(bias.shape) of a weight \(weight.shape)")
        self.weight = WeightMatrix(weight, blas: blas, kernels: kernels)
        self.bias = bias
        self.activation = activation
        self.kernels = kernels
    }

    /// output[tokens, column ..< column + outputs] = activation(input · weightᵀ + bias), this share's columns of it.
    func apply(_ input: Matrix, into output: Matrix, at column: Int = 0, share: Share = .whole) {
        weight.multiply(input, into: output, at: column, share: share) { part in
            kernels.activate(
                output, rows: 0..<output.rows, columns: column + part.lowerBound..<column + part.upperBound,
                bias: bias.elements + part.lowerBound, activation)
        }
    }
}
