import Tensors

/// A layer normalization in training, with the gradients of its scale and shift.
struct TrainableNormalization {
    let norm: TrainableNorm
    let scale, shift: TrainableParameter
    private let kernels: Kernels

    init(_ name: String, epsilon: Float, kernels: Kernels, parameter: (String) -> TrainableParameter) {
        scale = parameter("\(name).weight")
        shift = parameter("\(name).bias")
        norm = TrainableNorm(
            scale: scale.valueMatrix, shift: shift.valueMatrix, dScale: scale.gradientMatrix,
            dShift: shift.gradientMatrix, epsilon: epsilon)
        self.kernels = kernels
    }

    var isFrozen: Bool { scale.isFrozen && shift.isFrozen }

    /// From `block.gradient`, that of the output, to that of what was normalized, in place; `block.branch` gets the latter
    /// through the dropout. Every share ends with its rows written.
    func backward(_ kept: NormalizedRows, dropout: Dropout?, _ block: BlockMemory, share: Share) {
        let gradient = block.gradient
        if !isFrozen {
            kernels.addNormGradients(
                gradient, kept, columns: share.part(of: gradient.columns, multipleOf: 16), slices: block.slices, norm)
            share.wait()
        }
        share.eachPart(of: gradient.rows) { rows in
            kernels.normalizeBackward(
                gradient, kept, rows: rows, norm, dropout: dropout, names: block.names, branch: block.branch)
        }
    }
}
