import CKernels

extension Kernels {
    /// x = activation(x + bias) over a block of `[rows, columns]`; bias is indexed from the block's first column.
    package func activate(
        _ x: Matrix, rows: Range<Int>, columns: Range<Int>, bias: UnsafePointer<Float>?, _ activation: Activation
    ) {
        precondition(rows.upperBound <= x.rows && columns.upperBound <= x.columns, "\(rows), \(columns) of a matrix")
        let block = x.elements + rows.lowerBound * x.columns + columns.lowerBound
        table.pointee.activate(block, x.columns, rows.count, columns.count, bias, activation.code)
    }

    /// hidden = LayerNorm(x + bias + hidden) over some rows of `[tokens, hidden]` (Ba et al. 2016, eq. 4).
    package func addAndNormalize(_ hidden: Matrix, adding x: Matrix, rows: Range<Int>, bias: Tensor, _ norm: LayerNorm)
    {
        let width = hidden.columns
        precondition(x.columns == width && bias.count == width && norm.scale.count == width, "widths differ: \(width)")
        precondition(rows.upperBound <= min(hidden.rows, x.rows), "rows \(rows) of \(hidden.rows), \(x.rows)")
        let first = rows.lowerBound * width
        table.pointee.add_normalize(
            hidden.elements + first, x.elements + first, rows.count, width, bias.elements, norm.scale.elements,
            norm.shift.elements, norm.epsilon)
    }

    /// Mean of some rows times `rows.count * scale`: output row = scale × the sum of those rows of `[tokens, hidden]`.
    package func sum(
        _ x: Matrix, rows: Range<Int>, scale: Float, into output: UnsafeMutablePointer<Float>
    ) {
        precondition(rows.upperBound <= x.rows, "rows \(rows) of \(x.rows)")
        table.pointee.pool_sum(x.elements + rows.lowerBound * x.columns, rows.count, x.columns, scale, output)
    }

    /// Output row = the greatest of each column over some rows, at least one.
    package func maximum(_ x: Matrix, rows: Range<Int>, into output: UnsafeMutablePointer<Float>) {
        precondition(!rows.isEmpty && rows.upperBound <= x.rows, "rows \(rows) of \(x.rows)")
        table.pointee.pool_max(x.elements + rows.lowerBound * x.columns, rows.count, x.columns, output)
    }

    /// Divides each row by its Euclidean length; a row of zeros stays zero.
    package func scaleToUnit(_ x: Matrix) {
        table.pointee.scale_to_unit(x.elements, x.rows, x.columns)
    }
}
