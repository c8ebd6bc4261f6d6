package import Tensors

/// sentence-transformers' `Dense` module: a linear map of pooled vectors and a function of each element.
package struct Dense: Sendable {
    private let linear: Linear
    package var outputs: Int { linear.weight.outputs }
    package var inputs: Int { linear.weight.inputs }

    /// `weight` is `[outputs, inputs]`, `bias` `[outputs]`, zero where the module has none.
    package init(weight: Tensor, bias: Tensor?, activation: Activation, blas: BLAS, kernels: Kernels) {
        let zero = Tensor(shape: [weight.shape[0]], values: [Float](repeating: 0, count: weight.shape[0]))
        linear = Linear(weight: weight, bias: bias ?? zero, activation: activation, blas: blas, kernels: kernels)
    }

    /// output `[vectors, outputs]` from `[vectors, inputs]`.
    package func apply(_ input: Matrix, into output: Matrix) {
        output.resize(rows: input.rows, columns: outputs)
        linear.apply(input, into: output)
    }
}
