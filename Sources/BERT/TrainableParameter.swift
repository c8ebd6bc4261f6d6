import Tensors

/// One tensor of a model in training: values that an optimizer changes, and their gradient.
package final class TrainableParameter {
    package let name: String
    package let shape: [Int]
    /// A frozen parameter gets no gradient, and an optimizer leaves it alone.
    package var isFrozen = false

    /// `[shape[0], rest]`, or `[1, shape[0]]` of a vector.
    let valueMatrix, gradientMatrix: Matrix

    package var values: UnsafeMutableBufferPointer<Float> { valueMatrix.buffer }
    package var gradient: UnsafeMutableBufferPointer<Float> { gradientMatrix.buffer }

    /// Takes the tensor's values, or new ones: a bias is 0, a LayerNorm's weight 1, and any other weight N(0, 0.02),
    /// seeded by the parameter's name too.
    init(_ parameter: Parameter, initial: Tensor?, seed: UInt64) {
        name = parameter.name
        shape = parameter.shape
        let rows = shape.count == 1 ? 1 : shape[0]
        let count = shape.reduce(1, *)
        valueMatrix = Matrix(rows: rows, columns: count / rows)
        gradientMatrix = Matrix(rows: rows, columns: count / rows)
        gradient.update(repeating: 0)
        if let initial {
            precondition(initial.shape == shape, "'\(name)' \(initial.shape), expected \(shape)")
            valueMatrix.elements.update(from: initial.elements, count: count)
        } else if shape.count == 1 {
            values.update(repeating: name.hasSuffix("LayerNorm.weight") ? 1 : 0)
        } else {
            var noise = SplitMix(seed: seed ^ Self.hash(name))
            for index in values.indices { values[index] = Float(0.02 * noise.normal()) }
        }
    }

    /// FNV-1a.
    private static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
