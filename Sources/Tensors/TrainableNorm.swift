/// Scale and shift of a layer normalization in training, each `[1, hidden]`.
package struct TrainableNorm {
    package let scale, shift, dScale, dShift: Matrix
    package let epsilon: Float

    package init(scale: Matrix, shift: Matrix, dScale: Matrix, dShift: Matrix, epsilon: Float) {
        self.scale = scale
        self.shift = shift
        self.dScale = dScale
        self.dShift = dShift
        self.epsilon = epsilon
    }
}
