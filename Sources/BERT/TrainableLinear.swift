import Tensors

/// A linear map in training, with the gradients of its weight and bias.
struct TrainableLinear {
    let weight: TrainableWeight
    let weightParameter, biasParameter: TrainableParameter
    private let kernels: Kernels

    init(_ name: String, kernels: Kernels, parameter: (String) -> TrainableParameter) {
        weightParameter = parameter("\(name).weight")
        biasParameter = parameter("\(name).bias")
        weight = TrainableWeight(
            values: weightParameter.valueMatrix, gradient: weightParameter.gradientMatrix, kernels: kernels)
        self.kernels = kernels
    }

    var isFrozen: Bool { weightParameter.isFrozen && biasParameter.isFrozen }
    var bias: Matrix { biasParameter.valueMatrix }

    /// output[tokens, column + o] = input · weightᵀ + bias, this share's outputs.
    func apply(_ input: Matrix, into output: Matrix, at column: Int = 0, share: Share) {
        weight.multiply(input, into: output, at: column, share: share) { part in
            kernels.activate(
                output, rows: 0..<output.rows, columns: column + part.lowerBound..<column + part.upperBound,
                bias: bias.elements + part.lowerBound, .identity)
        }
    }

    /// Adds this share of the weight's gradient, from that of the output and the packed input.
    func accumulateWeight(
        _ dOutput: Matrix, at column: Int = 0, input: PackedColumns, _ memory: TrainingMemory, share: Share
    ) {
        guard !weightParameter.isFrozen else { return }
        weight.accumulateGradient(
            dOutput, at: column, input: input, scratch: memory.scratch(of: share), share: share)
    }

    /// Adds this share of the bias's gradient.
    func accumulateBias(_ dOutput: Matrix, at column: Int = 0, slices: [Range<Int>], share: Share) {
        accumulateBias(
            dOutput, at: column, part: share.part(of: weight.outputs, multipleOf: 16), slices: slices)
    }

    /// Adds the bias's gradient for some outputs.
    func accumulateBias(_ dOutput: Matrix, at column: Int = 0, part: Range<Int>, slices: [Range<Int>]) {
        guard !biasParameter.isFrozen else { return }
        kernels.addColumnSums(
            dOutput, at: column, part: part, slices: slices, into: biasParameter.gradientMatrix)
    }
}
