import CKernels

/// The weight of a linear map, `[outputs, inputs]`, stored as its arithmetic wants it.
///
///     mapped:  the file's own rows, multiplied by OpenBLAS
///     packed:  ┌ panel 0 ──────────┐┌ panel 1 ─ …      each panel [inputs, panel] of consecutive outputs,
///              │ input 0: p floats ││              the last one padded with zeros; own kernels stream through
///              │ input 1: p floats ││              it once a strip of rows
///
/// OpenBLAS packs the whole weight again in every call, which costs most where batches are small; own kernels pack once.
/// So weights are packed where the CPU has AVX2 or more, and left in the mapping elsewhere.
package struct WeightMatrix: Sendable {
    package let outputs, inputs: Int
    private let storage: Storage

    private enum Storage {
        case mapped(Tensor, BLAS)
        case packed(FloatBlock, Kernels)
    }

    /// A tensor `[outputs, inputs]`; it is retained only where it is used as it stands.
    package init(_ tensor: Tensor, blas: BLAS, kernels: Kernels) {
        precondition(tensor.shape.count == 2, "a weight of shape \(tensor.shape)")
        (outputs, inputs) = (tensor.shape[0], tensor.shape[1])
        guard kernels.level != .portable else {
            storage = .mapped(tensor, blas)
            return
        }
        let block = FloatBlock(count: kernels.table.pointee.packed_size(outputs, inputs))
        kernels.table.pointee.pack(tensor.elements, outputs, inputs, block.base)
        storage = .packed(block, kernels)
    }

    /// output[tokens, column + o] = input[tokens, inputs] · weight[o, inputs]. Each part of the outputs o that this share
    /// has computed goes to `then`.
    package func multiply(
        _ input: Matrix, into output: Matrix, at column: Int = 0, share: Share = .whole,
        then: (Range<Int>) -> Void = { _ in }
    ) {
        precondition(input.columns == inputs, "input of width \(input.columns), expected \(inputs)")
        precondition(
            output.rows == input.rows && column + outputs <= output.columns,
            "output [\(output.rows), \(output.columns)] for [\(input.rows), \(column) + \(outputs)]")
        switch storage {
        case .mapped(let tensor, let blas):
            // Not cut as the lanes are free: OpenBLAS changes the order of its sums with the shape of a block.
            let part = share.part(of: outputs)
            guard !part.isEmpty, input.rows > 0 else { return }
            blas.multiply(
                input.elements, stride: input.columns, rows: input.rows,
                weight: tensor.elements + part.lowerBound * inputs, inputs: inputs, outputs: part.count,
                into: output.elements + column + part.lowerBound, stride: output.columns)
            then(part)
        case .packed(let block, let kernels):
            let table = kernels.table.pointee
            share.eachPart(of: outputs, multipleOf: table.panel) { part in
                table.multiply(
                    input.elements, input.columns, input.rows, block.base, inputs, output.elements + column,
                    output.columns, part.lowerBound, part.upperBound, false)
                then(part)
            }
        }
    }
}
