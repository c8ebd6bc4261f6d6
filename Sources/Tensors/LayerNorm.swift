/// The parameters of a layer normalization: scale and shift `[hidden]`, and what is added to the variance.
package struct LayerNorm: Sendable {
    package let scale, shift: Tensor
    package let epsilon: Float

    package init(scale: Tensor, shift: Tensor, epsilon: Float) {
        precondition(scale.shape == shift.shape, "scale \(scale.shape) and shift \(shift.shape)")
        self.scale = scale
        self.shift = shift
        self.epsilon = epsilon
    }
}
