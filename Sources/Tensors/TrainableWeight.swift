import CKernels

/// The weight of a linear map in training, `[outputs, inputs]`.
///
///     values    fp32, changed by an optimizer ── repack ──►  panels of outputs   y = x Wᵀ
///     gradient  fp32, added to                          └─►  panels of inputs    dx = dy W
///
/// Own kernels multiply at every level, because their sums have one order whatever the lanes: OpenBLAS changes its order
/// with the shape of a block.
package final class TrainableWeight {
    package let outputs, inputs: Int
    private let values, gradient: Matrix
    private let kernels: Kernels
    private let forward, backward: FloatBlock
    /// Tiles of a gradient that pass together over the packed input, which is read anew for each such part.
    private static let tilesTogether = 8

    /// Both matrices are `[outputs, inputs]` and stay the caller's to change; `repack` follows every change of the values.
    package init(values: Matrix, gradient: Matrix, kernels: Kernels) {
        precondition(
            values.rows == gradient.rows && values.columns == gradient.columns,
            "a gradient [\(gradient.rows), \(gradient.columns)] of [\(values.rows), \(values.columns)]")
        (outputs, inputs) = (values.rows, values.columns)
        self.values = values
        self.gradient = gradient
        self.kernels = kernels
        forward = FloatBlock(count: kernels.table.pointee.packed_size(outputs, inputs))
        backward = FloatBlock(count: kernels.table.pointee.packed_size(inputs, outputs))
    }

    /// Bytes of the two packed copies.
    package var packedByteCount: Int {
        let table = kernels.table.pointee
        return (table.packed_size(outputs, inputs) + table.packed_size(inputs, outputs)) * MemoryLayout<Float>.stride
    }

    /// Makes this share of the packed copies again.
    package func repack(share: Share) {
        let table = kernels.table.pointee
        let rows = share.part(of: outputs, multipleOf: table.panel)
        table.pack(
            values.elements + rows.lowerBound * inputs, rows.count, inputs, forward.base + rows.lowerBound * inputs)
        let columns = share.part(of: inputs, multipleOf: table.panel)
        table.pack_columns(
            values.elements + columns.lowerBound, inputs, outputs, columns.count,
            backward.base + columns.lowerBound * outputs)
    }

    /// output[tokens, column + o] = input[tokens, inputs] · weight[o, inputs]. Each part of the outputs o that this share
    /// has computed goes to `then`.
    package func multiply(
        _ input: Matrix, into output: Matrix, at column: Int = 0, share: Share, then: (Range<Int>) -> Void = { _ in }
    ) {
        precondition(input.columns == inputs, "input of width \(input.columns), expected \(inputs)")
        precondition(
            output.rows == input.rows && column + outputs <= output.columns,
            "output [\(output.rows), \(output.columns)] for [\(input.rows), \(column) + \(outputs)]")
        let table = kernels.table.pointee
        share.eachPart(of: outputs, multipleOf: table.panel) { part in
            table.multiply(
                input.elements, input.columns, input.rows, forward.base, inputs, output.elements + column,
                output.columns, part.lowerBound, part.upperBound, false)
            then(part)
        }
    }

    /// dInput[tokens, i] (+)= dOutput[tokens, column + o] · weight[o, i]. Each part of the inputs i that this share has
    /// computed goes to `then`.
    package func multiplyTransposed(
        _ dOutput: Matrix, at column: Int = 0, into dInput: Matrix, adding: Bool = false, share: Share,
        then: (Range<Int>) -> Void = { _ in }
    ) {
        eachPartOfInputs(share) { part in
            multiplyTransposed(dOutput, at: column, into: dInput, adding: adding, part: part)
            then(part)
        }
    }

    /// Calls `body` with this share's parts of the inputs, each from the first of a panel on.
    package func eachPartOfInputs(_ share: Share, _ body: (Range<Int>) -> Void) {
        share.eachPart(of: inputs, multipleOf: kernels.table.pointee.panel, body)
    }

    /// The same for some of the inputs, from the first of a panel on.
    package func multiplyTransposed(
        _ dOutput: Matrix, at column: Int = 0, into dInput: Matrix, adding: Bool = false, part: Range<Int>
    ) {
        precondition(dInput.columns == inputs && dInput.rows == dOutput.rows, "gradient of width \(dInput.columns)")
        precondition(column + outputs <= dOutput.columns, "columns \(column) + \(outputs) of \(dOutput.columns)")
        kernels.table.pointee.multiply(
            dOutput.elements + column, dOutput.columns, dOutput.rows, backward.base, outputs, dInput.elements, inputs,
            part.lowerBound, part.upperBound, adding)
    }

    /// gradient[o, i] += Σ over the tokens of dOutput[token, column + o] · input[token, i], this share's outputs o, slice
    /// after slice of the packed input.
    package func accumulateGradient(
        _ dOutput: Matrix, at column: Int = 0, input: PackedColumns, scratch: UnsafeMutablePointer<Float>, share: Share
    ) {
        precondition(input.columns == inputs, "packed input of width \(input.columns), expected \(inputs)")
        precondition(column + outputs <= dOutput.columns, "columns \(column) + \(outputs) of \(dOutput.columns)")
        let table = kernels.table.pointee
        share.eachPart(of: outputs, multipleOf: Self.tilesTogether * table.tile) { part in
            for rows in input.slices {
                table.accumulate(
                    dOutput.elements + rows.lowerBound * dOutput.columns + column, dOutput.columns, rows.count,
                    input.panels(of: rows), inputs, gradient.elements, part.lowerBound, part.upperBound, scratch)
            }
        }
    }
}

extension Kernels {
    /// Floats of scratch that `TrainableWeight.accumulateGradient` needs.
    package var accumulateScratch: Int { table.pointee.accumulate_scratch }
}
