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

extension Activation {
    /// The class that a Dense module's `activation_function` names; nil for those that are not supported.
    package init?(torchClass name: String) {
        switch name {
        case "torch.nn.modules.linear.Identity": self = .identity
        case "torch.nn.modules.activation.Tanh": self = .tanh
        case "torch.nn.modules.activation.ReLU": self = .relu
        case "torch.nn.modules.activation.GELU": self = .gelu
        default: return nil
        }
    }
}
