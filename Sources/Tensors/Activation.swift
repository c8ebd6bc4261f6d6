import CKernels

/// A function of each element that follows a linear map.
package enum Activation: Sendable, Equatable, CaseIterable {
    /// `geluTanh` is the approximation by a hyperbolic tangent, `gelu` the form with the error function.
    case identity, gelu, geluTanh, relu, tanh

    var code: ck_activation {
        switch self {
        case .identity: CK_IDENTITY
        case .gelu: CK_GELU
        case .geluTanh: CK_GELU_TANH
        case .relu: CK_RELU
        case .tanh: CK_TANH
        }
    }
}
